"""Common first and last names in Denmark, for asking about a name in a case: names alone, as facts.

Chosen by hand from what Danmarks Statistik publishes as »Navne i hele befolkningen« and »Navne til nyfødte« (dst.dk,
subject »Navne«), which count first and last names in the CPR register, with spellings beside them. How frequent each is
does not matter here, so no figures are kept, and order is no rank.
"""

WOMEN = """
agnete aisha alberte alice alma amalie amina anette anita anja ann anna anne annelise annemarie annette annika
antonia asta astrid aya ayse bente berit berta betina bettina birgit birgitte birte birthe bodil camilla carina
carla caroline cathrine cecilie celina charlotte christina christine clara connie dagmar dagny daniella diana
dina dorte dorthe edith elena eleonora elin elina elisa elisabeth elise ella ellen ellinor elly elsa else
elsebeth emilie emily emma emmy erna ester esther eva fatima fatma fie filippa frederikke freja frida gerd gerda
gertrud gitte grethe gudrun gunhild gurli hanna hannah hanne hedvig helena helene helga helle henny henriette
hilda inga inge ingeborg ingelise inger ingrid irene irma isabella jane janne jannie jasmin jeanette jeannette
jennifer jenny jette johanna johanne josefine josephine judith julia julie jytte kaja karen karin karina karla
karoline kate kathrine katja katrine kirsten kirstine kristina kristine laila laura lea lena lene lilian lilly
linda line lis lisa lisbet lisbeth lise lissi liv liva lone lotte louise luna lydia lykke lærke mai maj maja
malene malou margit margrethe maria mariam marianne marie maryam mathilde matilde maya melissa merete merethe
merle metha mette mia michelle mie mille minna molly mona monica monika nadia nanna natasja nete nicoline
nikoline nina noor nora olga oline olivia pernille pia ragnhild rebecca rebekka regitze rigmor rikke rita rosa
rose ruth sabine sabrina samira sandra sanne sara sarah selma signe sigrid silje simone sisse sofia sofie
solveig solvej sonja sophia sophie stella stine susan susanne søs tanja thea therese thora thyra tilde tina tine
tove trine ulla ursula valborg vera vibeke vicky victoria vigga viktoria vilma vita vivi vivian winnie yasmin
yrsa zahra zeynep
"""
MEN = """
aage abdullah adam ahmad ahmed aksel albert alex alexander alf alfred ali allan anders andreas anker anton arne
arthur asbjørn asger ask august axel benjamin benny bent bertil bertram birger bjarke bjarne bjørn bo brian
børge carl carlo carsten casper charles christian christoffer christopher claes claus conrad dan daniel daniels
david dennis ebbe edvard egon eigil einar ejnar ejner eli elias elliot emil emilio erik erling ernst esben
eskild felix filip finn flemming folmer frank frans frede frederick frederik frits georg gert glenn gorm gunnar
gustav hans harald harry hasan hassan hector heine helge henning henrik henry herluf hjalmar holger hugo hussein
ian ib ibrahim ismail ivan iver jack jacob jakob jan janus jens jeppe jesper jimmy joachim joakim joel johan
johannes john johnni johnny jon jonas jonathan jonathon josef joseph julius jørgen jørn kai kaj kamal karl
karsten kasper keld kenneth kenni kent kevin khaled kim kjeld klaus klavs knud konrad kristian kristoffer kurt
kåre lars lasse lauge laurids laurits laust leif lennart leo leon liam loke louis lucas ludvig lukas mads magne
magnus malik malthe marc marcus marinus marius mark markus martin marvin mathias matias mattias max mehmet
michael mikael mike mikkel milas milo mogens mohamad mohamed mohammad mohammed morten moustafa mustafa nicklas
nicolai nicolas niels niklas nikolaj noah nohr odin ole oliver omar orla oscar oskar osman otto ove palle
patrick paul peder pelle per peter philip poul preben ralf rasmus rene rené richard robert robin roland ronni
ronny rudolf rune said salih samuel sander sebastian sigurd silas simon sixten steen stefan steffen sten stephan
stig storm sune sven svend søren tage theis theo theodor thomas thor thorbjørn thorkild thorsten thorvald tim
timo tobias tom tommy tonni torben torsten tristan troels tue uffe ulrik vagn valdemar verner victor viggo
viktor vilfred vilhelm villads villy walther william willy yousef youssef yusuf åge øjvind
"""
LAST = """
aagaard aagesen abdi abdullahi ahmed albrechtsen ali andersen andreasen andresen antonsen arndal axelsen bach
bak bang bech beck bendtsen bengtsson berg bertelsen berthelsen bisgaard bjerg bjerre bjerregaard bjørn bloch
boesen bonde bondesen brandt brix bro brodersen bruhn bruun buch bugge bundgaard buus bækgaard bøgh carlsen
carstensen caspersen christensen christiansen christoffersen clausen clemmensen dahl dam damgaard danielsen
davidsen demir dideriksen ditlevsen dreyer enemark enevoldsen eriksen ernst esbensen eskildsen fabricius falk
fischer fisker frandsen frank frederiksen friis fuglsang gade gammelgaard gravesen gregersen greve hald hansen
hassan haugaard hedegaard hein henningsen henriksen hermansen hjort hjorth holm holst hougaard houmøller hussain
hussein høj højgaard ibrahim iversen jacobsen jakobsen jensen jeppesen jepsen jespersen jessen johannesen
johannessen johannsen johansen johansson johnsen juhl jul justesen juul jørgensen kaas karlsen kaya khan kirk
kirkegaard kjeldsen kjær kjærgaard klausen klitgaard knudsen koch kofoed krag kragh kristensen kristiansen
kristoffersen krog krogh kruse kurt kyed lange larsen lassen lauridsen lauritsen laursen lausen leth lind
lindberg lindgaard lindholm lorentzen lorenzen ludvigsen lund lunde lundgaard lundgren lyngby løvgreen madsen
magnussen marcussen markussen mathiasen mathiesen matthiesen michelsen mikkelsen mogensen mohamed mohammed mohr
mortensen munch munk mølgaard møller nguyen nicolaisen nielsen nikolajsen nissen nygaard nørgaard nørskov olesen
olsen osman ottosen overgaard paulsen pedersen petersen pihl poulsen prip rasmussen ravn riis rohde rosenkilde
schmidt schou schrøder schultz schulz simonsen skaarup skov skovgaard skytte sloth smith sommer spang stage
steenberg steffensen stephansen storgaard svane svendsen svenningsen svensson søgaard sørensen therkildsen
thomassen thomsen thorsen thygesen thøgersen toft tran troelsen tønnesen udengaard vad vang vestergaard
villadsen vilstrup vinter vinther wagner warming weber wind winter winther wulff yde yilmaz ziegler åberg ørum
østergaard
"""
# Names that are words a Danish sentence may begin with as well: there they prove nothing.
WORDS_TOO = """
ask bak bang berg bent bjerg bjørn bo bonde bro buch dam dan dina enemark falk fie finn fisker frank gade gerd gert
greve hald hans hein helle hjort holm holst høj jul kaj kent kirk kjær krag krog lange lind liv lone lotte luna lund
lunde lykke lyngby lærke mai maj mark may mille munk ole per ravn rose sand sanne signe skov skytte sloth sommer
spang stage steen sten storm stig svane svend søs tage thor tim toft tom tue vad vang vinter vita wind winter
"""
ALSO_WORDS = frozenset(WORDS_TOO.split())
COMMON = frozenset(f"{WOMEN} {MEN} {LAST}".split())
