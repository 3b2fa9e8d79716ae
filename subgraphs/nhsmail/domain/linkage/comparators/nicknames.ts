/** Given names that stand for one another in English use. A short form may belong to several. Written for this project. */
const GROUPS = `
abigail abbie abby gail
abraham abe
adam ad
adelaide addie adele
agnes aggie nessie
alan al allan allen
albert al bert bertie
alexander alex al alec alasdair alastair alistair sandy sasha xander lex
alexandra alex alexa lexi sandra sandy sasha
alfred alf alfie fred freddie
alice ali allie
alison ali allie
amanda mandy
amelia amy millie mel
andrew andy drew
angela angie ange
ann anne anna annie nan nancy hannah anita annette
anthony antony tony ant
antoinette toni nettie
arabella bella
archibald archie
arthur art artie
augustus gus
barbara barb babs barbie
barnaby barney
barry baz
bartholomew bart
beatrice bea bee trixie
belinda bel lindy
benjamin ben benji benny
bernadette bernie
bernard bernie
bethany beth
brenda bren
brian bryan
bridget biddy bridie
calum callum cal
cameron cam
camilla millie cam
carol carole caroline carolyn caz carrie
caroline carrie caz carly lyn
catherine catharine katherine kathryn cathryn kathleen cath cathy kate kath kathy katie katy kay kit kitty cat cathie
cecilia cece celia cissy
charles charlie chas chuck chaz
charlotte charlie lottie lotte char
christian chris
christina christine chris chrissie tina christy kirsty
christopher chris kit topher
clementine clem clemmie
clifford cliff
constance connie
cornelius neil con
cynthia cindy
daniel dan danny
danielle dani
david dave davy davey dai
dawn dawnie
deborah debra debbie deb debs
deirdre dee
denise dee
dennis den denny
derek del
desmond des
diana diane di
dominic dom nick
donald don donny
dorothy dot dottie dolly
douglas doug dougie
duncan dunc
edith edie
edmund ed eddie ned
edward ed eddie ned ted teddy
edwin ed eddie
eileen aileen
eleanor elinor ellie nell nora ella lena
elizabeth elisabeth liz lizzie beth betty bess eliza elsie libby lisa betsy lilibet
ellen nell nellie ellie
emily em emmie milly
emma em
eric rick
ernest ernie
esther hester essie
eugene gene
evelyn evie eve lyn
ezekiel zeke
fiona fi
florence flo florrie flossie
frances fran francesca frankie fanny
francis frank frankie fran
franklin frank
frederick fred freddie freddy
gabriel gabe
gabrielle gabby gaby
gareth gary gaz
gary gaz
geoffrey jeffrey geoff jeff
george georgie
georgina georgia georgie gina
gerald gerry jerry
gerard gerry
geraldine gerry
gillian jill gill
gloria glo
gordon gord
grace gracie
graham graeme
gregory greg
gwendolyn gwen wendy
harold harry hal
harriet hattie harri
harrison harry
heather hev
helen helena nell nellie ellie lena
henrietta etta hettie
henry harry hal hank
herbert herb bert bertie
hilary hil
howard howie
hugh hughie huw hugo
ian iain
imogen immy
ingrid inga
irene rene
isaac ike zac
isabel isabella isobel izzy bella belle issy
isaiah izzy
jacob jake
jacqueline jackie jacqui
james jim jimmy jamie jem
jane janie jenny
janet jan
janice jan
jason jay
jean jeannie
jennifer jen jenny jenna
jeremy jerry jez
jessica jess jessie
joan joanie
joanna joanne jo joey
john jack johnny jon ian sean
jonathan jonathon jon jonny johnny
joseph joe joey jo
josephine jo josie
joshua josh
joyce joy
judith judy jude
julia julie jules
julian jules
juliet julie jules
karen kaz
kelly kel
kenneth ken kenny
kevin kev
kimberley kim kimberly
laura laurie lori
lauren laurie loz
lawrence laurence larry laurie
leonard len lenny leo
leslie les
lesley les
lewis louis lou lew
lillian lily lilian lil
linda lynda lyn lin lindy
lindsay lyn
lorraine lori
louise lou lulu
lucy lucinda lu cindy
luke luca
lydia lyd
madeleine madeline maddie maddy
malcolm mal malc
marcus mark marc
margaret maggie meg megan peggy peg marge margie madge mags greta rita daisy marguerite
maria mary marie mia ria
marianne mary anne
marjorie marge margie
martin mart marty
martha mattie patty
mary molly polly may mae
matilda tilly mattie
matthew matt matty
maureen mo
maurice mo
maxwell max
maximilian max
melanie mel
melissa mel lissa
michael mike mick micky mickey mikey
michelle shell chelle
mildred millie
miranda mandy randa
miriam mimi
mohammed mohammad muhammad mohamed muhammed mohamad mo
monica mon
morgan mo
nadine nads
natalie nat
natasha tasha nat
nathan nat nate
nathaniel nat nate nathan
neil neal
nicholas nicolas nick nicky nico
nicola nicole nicky nic nikki
nigel nige
norman norm
oliver ollie olly
olivia liv livvy ollie
oscar ozzy
oswald oz ozzy
pamela pam
patience pat
patricia pat patsy trish tricia patty paddy
patrick pat paddy
paula pauline polly
penelope penny pen
percival percy
peter pete
philip phillip phil pip
philippa pippa phil pip
phyllis phyl
priscilla cilla
prudence pru
rachel rachael rach rae
raymond ray
rebecca becky becca bec bex
reginald reg reggie
rhiannon rhi
richard rick rich dick ricky richie dickie
robert rob bob bobby robbie bert robin
roberta bobbie robbie
roderick rod roddy
rodney rod
roger rodge
ronald ron ronnie
rosalind ros roz
rosamund ros roz
rosemary rose rosie ros
rose rosie
roxanne roxy
rudolph rudy
rupert roo
russell russ
ruth ruthie
samantha sam sammy
samuel sam sammy
sandra sandy
sarah sara sally sadie
scott scotty
sebastian seb bas
sharon shaz
sheila shelagh
shirley shirl
sidney sydney sid syd
simon si
sophia sophie sofia soph
stanley stan
stella stel
stephanie steph stevie
stephen steven steve stevie ste
stewart stuart stu stew
susan suzanne susannah susanna sue suzie susie suki sukie
sylvia syl
tabitha tabby
tamara tammy
tamsin tam tammy
teresa theresa terry tess tessa tracy
terence terry tel
theodora dora thea theo
theodore theo ted teddy
thomas tom tommy
timothy tim timmy
tobias toby
trevor trev
tristan tris
tyrone ty
ursula ursa
valerie val
vanessa nessa ness
verity vee
veronica ronnie vera roni
victor vic
victoria vicky vicki tori vic
vincent vince vinny
violet vi
virginia ginny
vivian viv vivien vivienne
walter wally walt
wendy wen
wilfred wilf fred
william will bill billy willie liam wills
winifred win winnie freda
yvonne eve
zachary zac zach zack
zoe zo
`;

const groupsOf = new Map<string, number[]>();
for (const [group, names] of GROUPS.trim().split('\n').entries()) {
  for (const name of names.split(' ')) {
    const known = groupsOf.get(name);
    if (known === undefined) groupsOf.set(name, [group]);
    else known.push(group);
  }
}
const NONE: readonly number[] = [];

/** Numbers of the groups that a given name belongs to; none for most. */
export const nicknameGroups = (name: string): readonly number[] => groupsOf.get(name) ?? NONE;
