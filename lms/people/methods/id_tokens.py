"""ID tokens of OpenID Connect: signature, issuer, audience, time and nonce, all of them, whichever way one came."""

from typing import Any

import jwt

from lms.people.methods.problems import Problem, SignInRefused

# Only what has a public half: a token signed with a shared secret, or not at all, could be anybody's.
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
LEEWAY = 60
REQUIRED = ["iss", "aud", "exp", "iat"]
# The first that fits says what an administrator must look at.
MEANINGS = (
    ((jwt.ExpiredSignatureError, jwt.ImmatureSignatureError, jwt.InvalidIssuedAtError), Problem.CLOCK),
    ((jwt.InvalidAudienceError,), Problem.WRONG_AUDIENCE),
    ((jwt.InvalidIssuerError,), Problem.WRONG_ISSUER),
    ((jwt.InvalidAlgorithmError,), Problem.NOT_SIGNED),
    ((jwt.InvalidSignatureError, jwt.PyJWKSetError), Problem.BAD_SIGNATURE),
)


def verified_claims(token: str, *, keys: Any, issuer: str, client_id: str, nonce: str) -> dict:
    """What the token says, once everything about it holds.

    :raises SignInRefused: saying what does not.
    """
    try:
        claims = jwt.decode(
            token,
            key=_key_for(token, keys),
            algorithms=ALGORITHMS,
            issuer=issuer,
            audience=client_id,
            leeway=LEEWAY,
            options={"require": REQUIRED},
        )
    except (jwt.PyJWTError, TypeError, ValueError) as error:
        raise SignInRefused(_meaning(error)) from error
    if isinstance(claims["aud"], list) and len(claims["aud"]) > 1 and claims.get("azp") != client_id:
        raise SignInRefused(Problem.WRONG_AUDIENCE)
    if not nonce or claims.get("nonce") != nonce:
        raise SignInRefused(Problem.NOT_ASKED)
    return claims


def _key_for(token, keys):
    header = jwt.get_unverified_header(token)
    if header.get("alg") not in ALGORITHMS:
        raise SignInRefused(Problem.NOT_SIGNED)
    signing = [key for key in jwt.PyJWKSet.from_dict(keys).keys if key.public_key_use in (None, "sig")]
    fitting = [key for key in signing if key.key_id == header.get("kid")]
    if not fitting and "kid" not in header and len(signing) == 1:
        fitting = signing
    if not fitting:
        raise SignInRefused(Problem.BAD_SIGNATURE)
    return fitting[0]


def _meaning(error) -> Problem:
    return next((problem for kinds, problem in MEANINGS if isinstance(error, kinds)), Problem.UNREADABLE)
