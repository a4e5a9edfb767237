// An organisation's identity provider, run by the tests: oidc-provider speaks OpenID Connect, samlify SAML 2.0.
// Both really sign. `POST /control` tells who works there, which sites may ask, and what an adversary does to an answer.
import { createHmac, generateKeyPairSync, randomUUID } from "node:crypto";
import { createServer } from "node:http";
import { readFileSync } from "node:fs";
import { Provider } from "oidc-provider";
import { SignJWT, decodeJwt } from "jose";
import samlify from "samlify";

samlify.setSchemaValidator({ validate: async () => "ok" });
const keys = JSON.parse(readFileSync(process.argv[2], "utf8"));
const oidcKey = generateKeyPairSync("rsa", { modulusLength: 2048 });
const strangersKey = generateKeyPairSync("rsa", { modulusLength: 2048 });
const KID = "the-providers-own-key";
const jwk = { ...oidcKey.privateKey.export({ format: "jwk" }), kid: KID, use: "sig", alg: "RS256" };
let world = { people: {}, twist: "", client: null, site: "", template: "" };
let oidc;

const encode = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
const sign = (payload, key = oidcKey.privateKey, kid = KID) =>
  new SignJWT(payload).setProtectedHeader({ alg: "RS256", kid }).sign(key);
const later = (payload, seconds) => ({
  ...payload, iat: payload.iat + seconds, exp: payload.exp + seconds, nbf: payload.iat + seconds,
});
const TWISTS = {
  "signed with another key": (payload) => sign(payload, strangersKey.privateKey),
  "signed with a key nobody knows": (payload) => sign(payload, strangersKey.privateKey, "unknown"),
  "not signed": (payload) => `${encode({ alg: "none", typ: "JWT" })}.${encode(payload)}.`,
  "signature taken off": (_payload, token) => `${token.split(".").slice(0, 2).join(".")}.`,
  "signed with the public key as a password": (payload) => {
    const body = `${encode({ alg: "HS256", kid: KID })}.${encode(payload)}`;
    const secret = oidcKey.publicKey.export({ type: "spki", format: "pem" });
    return `${body}.${createHmac("sha256", secret).update(body).digest("base64url")}`;
  },
  "changed after signing": (payload, token) => {
    const [head, , signature] = token.split(".");
    return `${head}.${encode({ ...payload, oid: world.victim })}.${signature}`;
  },
  "for another site": (payload) => sign({ ...payload, aud: "another-site" }),
  "for this site and another, asked for by the other": (payload) =>
    sign({ ...payload, aud: [payload.aud, "another-site"], azp: "another-site" }),
  "from another issuer": (payload) => sign({ ...payload, iss: "https://elsewhere.example.org" }),
  "expired": (payload) => sign(later(payload, -7200)),
  "not yet valid": (payload) => sign(later(payload, 7200)),
  "without a time": ({ exp, ...payload }) => sign(payload),
  "nonce of another round": (payload) => sign({ ...payload, nonce: "another" }),
  "nonce missing": ({ nonce, ...payload }) => sign(payload),
  "without a subject": ({ sub, oid, ...payload }) => sign(payload),
};

function makeOidc(issuer) {
  const { client } = world;
  const provider = new Provider(issuer, {
    clients: client ? [client] : [],
    jwks: { keys: [jwk] },
    cookies: { keys: ["loopback"] },
    conformIdTokenClaims: false,
    claims: { openid: ["sub", "amr", "acr"], profile: ["name", "preferred_username", "oid", "tid"], email: ["email", "email_verified"] },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_ctx, interaction) => `/interaction/${interaction.uid}` },
    pkce: { required: () => true },
    ttl: { AccessToken: 300, AuthorizationCode: 60, IdToken: 300, Interaction: 600, Session: 600, Grant: 600 },
    findAccount: (_ctx, id) => ({ accountId: id, claims: async () => ({ ...world.people[id], sub: id }) }),
    loadExistingGrant: async (ctx) => {
      const grant = new ctx.oidc.provider.Grant({ clientId: ctx.oidc.client.clientId, accountId: ctx.oidc.session.accountId });
      grant.addOIDCScope("openid profile email");
      await grant.save();
      return grant;
    },
  });
  provider.use(async (ctx, next) => {
    await next();
    if (ctx.oidc?.route === "token" && ctx.body?.id_token && world.twist in TWISTS) {
      ctx.body.id_token = await TWISTS[world.twist](decodeJwt(ctx.body.id_token), ctx.body.id_token);
    }
    if (ctx.path.endsWith("/openid-configuration") && world.twist === "another issuer in the discovery document") {
      ctx.body = { ...ctx.body, issuer: "https://elsewhere.example.org" };
    }
    if (ctx.path.endsWith("/openid-configuration") && world.twist === "an inner address in the discovery document") {
      ctx.body = { ...ctx.body, token_endpoint: "http://169.254.169.254/latest/meta-data/" };
    }
  });
  return provider;
}

// --- SAML -----------------------------------------------------------------------------------------------------------

const escape = (text) => String(text).replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
const at = (seconds) => new Date(Date.now() + seconds * 1000).toISOString();
const attribute = ([name, value]) =>
  `<saml:Attribute Name="${escape(name)}" NameFormat="urn:oasis:names:tc:SAML:2.0:attrname-format:uri">${[value].flat()
    .map((one) => `<saml:AttributeValue xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="xs:string">${escape(one)}</saml:AttributeValue>`)
    .join("")}</saml:Attribute>`;

function responseXml(facts, person) {
  const { nameid, nameidFormat, context, ...attributes } = person;
  const answers = facts.inResponseTo ? ` InResponseTo="${facts.inResponseTo}"` : "";
  return `<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_${randomUUID()}" Version="2.0" IssueInstant="${at(0)}" Destination="${escape(facts.destination)}"${answers}><saml:Issuer>${escape(facts.issuer)}</saml:Issuer><samlp:Status><samlp:StatusCode Value="${facts.status}"/></samlp:Status><saml:Assertion ID="_${randomUUID()}" Version="2.0" IssueInstant="${at(0)}"><saml:Issuer>${escape(facts.issuer)}</saml:Issuer><saml:Subject><saml:NameID Format="${nameidFormat}">${escape(nameid)}</saml:NameID><saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><saml:SubjectConfirmationData NotOnOrAfter="${at(facts.until)}"${facts.recipient ? ` Recipient="${escape(facts.recipient)}"` : ""}${answers}/></saml:SubjectConfirmation></saml:Subject><saml:Conditions NotBefore="${at(facts.from)}" NotOnOrAfter="${at(facts.until)}">${facts.audience ? `<saml:AudienceRestriction><saml:Audience>${escape(facts.audience)}</saml:Audience></saml:AudienceRestriction>` : ""}</saml:Conditions><saml:AuthnStatement AuthnInstant="${at(0)}" SessionIndex="_${randomUUID()}"><saml:AuthnContext><saml:AuthnContextClassRef>${context}</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement><saml:AttributeStatement>${Object.entries(attributes).map(attribute).join("")}</saml:AttributeStatement></saml:Assertion></samlp:Response>`;
}

const SAML_TWISTS = {
  "signed with another key": { key: "stranger" },
  "expired": { from: -7200, until: -3600 },
  "not yet valid": { from: 3600, until: 7200 },
  "for another site": { audience: "https://another.example.org/metadata" },
  "for any site": { audience: "" },
  "from another issuer": { issuer: "https://elsewhere.example.org/saml" },
  "to another address": { recipient: "https://another.example.org/acs" },
  "to no address": { recipient: "" },
  "unsolicited": { inResponseTo: "" },
  "answer to another question": { inResponseTo: "_of-somebody-else" },
  "refused": { status: "urn:oasis:names:tc:SAML:2.0:status:Responder" },
};

function idpFor(origin, key) {
  return samlify.IdentityProvider({
    entityID: `${origin}/saml/metadata`,
    privateKey: keys[key].key,
    signingCert: keys[key].certificate,
    requestSignatureAlgorithm: "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
    wantAuthnRequestsSigned: true,
    isAssertionEncrypted: world.encrypts,
    singleSignOnService: [{ Binding: "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect", Location: `${origin}/saml/sso` }],
    singleLogoutService: [{ Binding: "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect", Location: `${origin}/saml/slo` }],
    loginResponseTemplate: { context: "<x/>", attributes: [] },
  });
}

async function answerSaml(origin, query, who) {
  const site = samlify.ServiceProvider({ metadata: world.site });
  const request = await idpFor(origin, "own").parseLoginRequest(site, "redirect", {
    query: Object.fromEntries(query), octetString: [...query].filter(([name]) => name !== "Signature")
      .map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join("&"),
  });
  const acs = site.entityMeta.getAssertionConsumerService("post");
  const facts = {
    issuer: `${origin}/saml/metadata`, destination: acs, recipient: acs, audience: site.entityMeta.getEntityID(),
    inResponseTo: request.extract.request.id, from: -60, until: 300, key: "own",
    status: "urn:oasis:names:tc:SAML:2.0:status:Success", ...SAML_TWISTS[world.twist],
  };
  const context = responseXml(facts, world.people[who]);
  const made = await idpFor(origin, facts.key).createLoginResponse(site, request, "post", {}, () => ({ id: "_x", context }));
  return { acs, response: made.context, relay: query.get("RelayState") ?? "" };
}

// --- The server -----------------------------------------------------------------------------------------------------

const page = (body) => `<!doctype html><html lang="da"><meta charset="utf-8"><title>Kommunens log ind</title><h1>Kommunens log ind</h1>${body}`;
const form = (action) => page(`<form method="post" action="${escape(action)}"><label>Bruger <input name="login"></label><button name="go" value="1">Log ind</button></form>`);
const read = async (request) => {
  let body = "";
  for await (const part of request) body += part;
  return body;
};
const html = (response, text) => response.writeHead(200, { "Content-Type": "text/html; charset=utf-8" }).end(text);

async function handle(request, response, origin) {
  const url = new URL(request.url, origin);
  if (url.pathname === "/control") {
    world = { people: {}, twist: "", client: null, site: "", encrypts: false, ...JSON.parse(await read(request)) };
    oidc = makeOidc(origin);
    response.end("ok");
  } else if (url.pathname === "/twist") {
    Object.assign(world, JSON.parse(await read(request)));
    response.end("ok");
  } else if (url.pathname.startsWith("/interaction/")) {
    if (request.method === "GET") return html(response, form(url.pathname));
    const accountId = new URLSearchParams(await read(request)).get("login");
    if (!(accountId in world.people)) {
      const refusal = { error: "access_denied", error_description: "Kontoen er lukket." };
      return oidc.interactionFinished(request, response, refusal, { mergeWithLastSubmission: false });
    }
    const { amr, acr } = world.people[accountId];
    await oidc.interactionFinished(request, response, { login: { accountId, amr, acr } }, { mergeWithLastSubmission: false });
  } else if (url.pathname === "/saml/sso") {
    if (request.method === "GET") return html(response, form(url.pathname + url.search));
    const who = new URLSearchParams(await read(request)).get("login");
    const { acs, response: answer, relay } = await answerSaml(origin, url.searchParams, who);
    html(response, page(`<form method="post" action="${escape(acs)}"><input type="hidden" name="SAMLResponse" value="${answer}"><input type="hidden" name="RelayState" value="${escape(relay)}"><button>Videre</button></form>`));
  } else if (url.pathname === "/saml/metadata") {
    response.end(idpFor(origin, "own").getMetadata());
  } else if (url.pathname === "/saml/logout-request") {
    const site = samlify.ServiceProvider({ metadata: world.site, wantLogoutRequestSigned: true });
    const made = idpFor(origin, url.searchParams.get("key") ?? "own").createLogoutRequest(site, "redirect", { logoutNameID: url.searchParams.get("nameid") });
    response.end(made.context);
  } else if (world.twist === "answers without end") {
    response.writeHead(200, { "Content-Type": "application/json" });
    for (let part = 0; part < 64 && !response.destroyed; part += 1) response.write(" ".repeat(65536));
    response.end();
  } else if (world.twist === "leads elsewhere") {
    response.writeHead(302, { Location: "http://127.0.0.1:1/" }).end();
  } else if (world.twist === "out of order") {
    response.writeHead(503).end();
  } else {
    oidc.callback()(request, response);
  }
}

const server = createServer((request, response) => {
  const origin = `http://127.0.0.1:${server.address().port}`;
  handle(request, response, origin).catch((error) => response.writeHead(500).end(String(error?.stack ?? error)));
});
server.listen(0, "127.0.0.1", () => console.log(server.address().port));
