/**
 * Names to make people of: ordinary ones, and nobody in particular. Given names go with the decade of birth, family names
 * with a tradition. All of them can be written in Latin-1, as some extracts are.
 */
import { type Random, weights } from './random.ts';
import { ENGLISH_FAMILIES } from './english-families.ts';

const words = (text: string): readonly string[] => text.trim().split(/\s+/);

/** The more frequent first. Before 1960 and after 1999 the nearest decade is asked for. */
const WOMEN: Readonly<Record<number, readonly string[]>> = {
  1950: words(`Susan Linda Christine Margaret Carol Jennifer Janet Patricia Barbara Ann Sandra Pamela Pauline Jean Jacqueline
    Kathleen Sheila Valerie Maureen Gillian Marilyn Elizabeth Lesley Catherine Brenda Wendy Angela Rosemary Shirley Joan`),
  1960: words(`Susan Julie Karen Jacqueline Deborah Tracey Jane Helen Diane Sharon Tracy Angela Sarah Alison Caroline Amanda
    Sandra Linda Catherine Elizabeth Carol Joanne Wendy Janet Dawn Christine Nicola Michelle Maria Beverley`),
  1970: words(`Sarah Claire Nicola Emma Lisa Joanne Michelle Helen Samantha Karen Amanda Rachel Louise Julie Clare Rebecca
    Sharon Victoria Caroline Susan Alison Catherine Elizabeth Tracey Donna Dawn Tracy Joanna Andrea Katherine`),
  1980: words(`Sarah Laura Gemma Emma Rebecca Claire Victoria Samantha Rachel Amy Jennifer Nicola Katie Lisa Kelly Natalie
    Louise Michelle Hayley Hannah Helen Charlotte Joanne Lucy Elizabeth Leanne Danielle Donna Katherine Stacey`),
  1990: words(`Rebecca Lauren Jessica Charlotte Hannah Sophie Amy Emily Laura Emma Chloe Sarah Lucy Katie Bethany Jade Megan
    Danielle Abigail Natasha Rachel Alice Samantha Georgia Eleanor Olivia Holly Zoë Kirsty Imogen`),
};

const MEN: Readonly<Record<number, readonly string[]>> = {
  1950: words(`David John Peter Michael Alan Robert Stephen Paul Brian Graham Philip Anthony Colin Christopher Geoffrey William
    James Keith Terence Barry Malcolm Richard Ian Derek Roger Raymond Kenneth Andrew Trevor Martin`),
  1960: words(`David Paul Andrew Mark John Michael Stephen Ian Robert Richard Christopher Peter Simon Anthony Kevin Gary Steven
    Martin James Philip Alan Neil Nigel Timothy Colin Graham Jonathan Nicholas William Adrian`),
  1970: words(`Paul Mark David Andrew Richard Christopher James Simon Michael Matthew Stephen Lee John Robert Darren Daniel
    Steven Jason Nicholas Jonathan Ian Neil Peter Stuart Anthony Martin Kevin Craig Philip Gary`),
  1980: words(`Christopher James David Daniel Michael Matthew Andrew Richard Paul Mark Thomas Adam Robert John Lee Benjamin
    Steven Jonathan Craig Stephen Simon Nicholas Peter Anthony Alexander Gary Ian Ryan Darren Barry`),
  1990: words(`Thomas James Jack Daniel Matthew Ryan Joshua Luke Samuel Jordan Adam Michael Alexander Christopher Benjamin
    Joseph Liam Jake William Andrew George Lewis Oliver David Robert Jamie Nathan Connor Jonathan Harry`),
};

/** What people are called instead. */
export const KNOWN_AS: Readonly<Record<string, string>> = {
  Abigail: 'Abi',
  Alexander: 'Alex',
  Amanda: 'Mandy',
  Andrew: 'Andy',
  Anthony: 'Tony',
  Benjamin: 'Ben',
  Catherine: 'Cath',
  Charlotte: 'Lottie',
  Christine: 'Chris',
  Christopher: 'Chris',
  Daniel: 'Dan',
  Deborah: 'Debbie',
  Eleanor: 'Ellie',
  Elizabeth: 'Liz',
  Jacqueline: 'Jackie',
  James: 'Jim',
  Jennifer: 'Jen',
  Jonathan: 'Jon',
  Joseph: 'Joe',
  Joshua: 'Josh',
  Katarzyna: 'Kasia',
  Katherine: 'Kate',
  Kenneth: 'Ken',
  Margaret: 'Maggie',
  Matthew: 'Matt',
  Michael: 'Mick',
  Michelle: 'Shell',
  Mohammed: 'Mo',
  Natalie: 'Nat',
  Nicholas: 'Nick',
  Nicola: 'Nicky',
  Oliver: 'Ollie',
  Patricia: 'Pat',
  Peter: 'Pete',
  Philip: 'Phil',
  Rebecca: 'Becky',
  Richard: 'Rick',
  Robert: 'Bob',
  Samantha: 'Sam',
  Samuel: 'Sam',
  Stephen: 'Steve',
  Steven: 'Steve',
  Susan: 'Sue',
  Thomas: 'Tom',
  Timothy: 'Tim',
  Victoria: 'Vicky',
  William: 'Bill',
};

/** Names that are found together. */
interface Tradition {
  readonly women: readonly string[] | 'BY_DECADE';
  readonly men: readonly string[] | 'BY_DECADE';
  readonly families: readonly string[];
}

/** Names made of a beginning and an end. */
const made = (beginnings: string, ends: string): readonly string[] =>
  words(beginnings).flatMap((first) => words(ends).map((last) => `${first}${last}`));

const ENGLISH: Tradition = { women: 'BY_DECADE', men: 'BY_DECADE', families: ENGLISH_FAMILIES };

const SOUTH_ASIAN: Tradition = {
  women:
    words(`Priya Aisha Fatima Deepa Meera Shabnam Usha Anita Sunita Yasmin Nasreen Rukhsana Kavita Pooja Lakshmi Saima
    Farzana Rekha Anjali Divya Harpreet Manjit Simran Zainab Hina Nadia Shazia Geeta Reshma Sangeeta`),
  men: words(`Mohammed Rajesh Sanjay Anil Vikram Tariq Imran Arjun Amit Suresh Ravi Yusuf Hamza Ibrahim Abdul Harpreet Gurpreet
    Manoj Kiran Rahul Nikhil Asif Bilal Faisal Naveed Dinesh Prakash Vijay Usman Zubair`),
  families: [
    ...words(`Patel Khan Singh Ahmed Ali Kaur Hussain Begum Shah Malik Akhtar Sharma Iqbal Chowdhury Rahman Mahmood Miah Gill
      Mistry Chauhan Nair Menon Thomas Varghese Mathew Pillai Thapa Gurung Rai Fernandes D'Souza Pereira Kumar Gupta Mehta`),
    ...made(
      'Ban Chak Chand Dhar Ghan Gop Hari Jag Kal Kris Lal Mad Mal Man Mon Nar Pand Raj Ram Ran Sab Sand Sat Sen Sub Sur Ved Vish Yad',
      'aria ala al anda ani apal ari ashi asu avan awala ekar endra erjee eswaran ikar inder ipal itra oria ukar un una upati',
    ),
  ],
};

const AFRICAN: Tradition = {
  women:
    words(`Ngozi Chidinma Precious Patience Blessing Grace Amara Folake Yetunde Abena Akosua Comfort Thandiwe Rudo Tendai
    Nomsa Adaeze Ifeoma Joy Mercy Esther Efua Zanele Chipo Funmilayo`),
  men: words(`Kwame Femi Emeka Babatunde Kofi Chinedu Tunde Samuel Emmanuel Tendai Tapiwa Themba Sipho Obinna Ikenna Kwaku Yaw
    Joseph Daniel Olumide Segun Farai Blessing Isaac Solomon`),
  families: [
    ...words(`Mensah Okafor Osei Boateng Adeyemi Moyo Owusu Ncube Dube Eze Chukwu Ogunleye Dlamini Mbeki Sibanda Asante Appiah
      Nwosu Okonkwo Phiri Banda Ndlovu Agyeman Balogun Obi`),
    ...made(
      'Ade Afo Aki Ama Ayo Bami Chi Dada Ebo Eke Fala Iku Kala Mba Nna Nwa Oba Odu Ogun Oke Olu Omo Ono Osa Owo Uche Ugo Uwa',
      'ba bayo bola chi dele dipe emi femi goke jide kunle lade lana lola mide ndu nike nye sanya tola tunde wale wemimo yinka',
    ),
  ],
};

const IBERIAN: Tradition = {
  women:
    words(`Maria Ana Cristina Rosa Carmen Teresa Isabel Lourdes Marisol Angelica Jocelyn Maricel Rowena Sofia Beatriz
    Catarina Joana Luisa Mercedes Pilar`),
  men: words(`Jose Antonio Carlos Manuel Miguel Luis Pedro Joao Rui Nuno Ramon Rodel Reynaldo Jerome Marco Paulo Ricardo Fernando
    Eduardo Joel`),
  families: [
    ...words(`Santos Reyes Cruz Garcia Silva Costa Fernandez Villanueva Mendoza Bautista Ramos Ferreira Rodrigues Aquino Castillo
      Rivera Torres Gomes Almeida Rossi Bianchi`),
    ...made(
      'Abad Agui Alcan Baldo Cabre Cala Dela Espi Fontan Gala Her Ibar Lara Maga Monta Nava Orte Pala Quin Sala Tava Valde Zamo',
      'cruz do dura ga gas lba les lva mar nda nez nosa ra res ria rra sco tos vares yan za',
    ),
  ],
};

const EASTERN_EUROPEAN: Tradition = {
  women:
    words(`Katarzyna Anna Agnieszka Magdalena Monika Joanna Ewa Dorota Ioana Elena Andreea Mihaela Jana Petra Lucia Ivana
    Daniela Simona Rasa Daiva`),
  men: words(`Tomasz Piotr Marcin Krzysztof Marek Jakub Adrian Andrei Mihai Ion Cristian Jan Petr Martin Ivan Stefan Darius
    Mantas Vlad Radu`),
  families: [
    ...words(`Nowak Kowalski Popescu Ionescu Horvat Petrov Jankowska Müller Björk Lindqvist Novák Dvorák Svoboda Radu Popa Stan
      Kovács Szabó Tóth Nagy`),
    ...made(
      'Bara Boro Bud Cher Czar Dab Dob Gab Gor Gra Jab Jan Kal Kam Koz Lew Mal Maz Mich Now Paw Pet Rad Rog Sad Sob Stan Tom Urb Wal Zab Zie',
      'an anek arski berg czak czyk ek enko escu eski icki ik inski kiewicz kova kovic nik ov ovich owicz owska owski ski tis',
    ),
  ],
};

const IRISH: Tradition = {
  women: words(
    `Siobhan Fiona Aoife Niamh Bridget Orla Sinead Deirdre Roisin Maeve Mary Noreen Bernadette Ciara Grainne`,
  ),
  men: words(
    `Sean Brendan Patrick Liam Declan Eamon Niall Kieran Aidan Conor Michael Dermot Fergus Padraig Cormac`,
  ),
  families:
    words(`Murphy Kelly O'Brien Byrne Ryan O'Connor Walsh O'Neill Doyle Gallagher Doherty Kennedy Lynch Quinn Moore
    McCarthy O'Sullivan Reilly Burke Nolan Flynn Brennan Duffy McLoughlin Fitzgerald Maguire Kavanagh O'Donnell Healy Keane
    Sheehan Rooney McGrath O'Hara Gorman Tierney Daly Hogan Molloy Cassidy`),
};

const EAST_ASIAN: Tradition = {
  women: words(`Mei Li Xiu Hui Ying Linh Thuy Hana Yuki Min Wei Jing Lan Siew Hoa`),
  men: words(`Wei Jun Ming Chen Hao Duc Minh Kenji Tuan Jin Kai Feng Lei Tian Hung`),
  families:
    words(`Wong Chen Chan Lee Nguyen Lam Ng Cheung Tran Liu Wang Zhang Li Leung Ho Pham Tan Lim Yang Huang Zhao Wu Zhou
    Xu Sun Ma Zhu Hu Guo He Lin Luo Kim Park Sato Tanaka Lau Yip Fung Chow`),
};

const MIDDLE_EASTERN: Tradition = {
  women: words(
    `Leila Maryam Nour Samira Rania Dina Huda Elif Ayse Shirin Parisa Lina Amal Zeynep Nasrin`,
  ),
  men: words(
    `Omar Ahmad Karim Hassan Mustafa Mehmet Ali Reza Khalid Samir Tarek Emre Youssef Nabil Farid`,
  ),
  families:
    words(`Haddad Rezaei Karimi Yilmaz Demir Hassan Mohamed Ibrahim Saleh Mansour Nasser Aziz Hamdan Khalil Farouk Said
    Abdi Osman Warsame Yusuf Kaya Celik Sahin Ozturk Arslan Hosseini Ahmadi Moradi Jafari Sadeghi`),
};

/** A quarter of the workforce has family names from elsewhere. */
const TRADITIONS = weights([
  [750, ENGLISH],
  [95, SOUTH_ASIAN],
  [55, AFRICAN],
  [30, IBERIAN],
  [30, EASTERN_EUROPEAN],
  [20, IRISH],
  [10, EAST_ASIAN],
  [10, MIDDLE_EASTERN],
]);

/** Name frequencies fall as one through the rank. The offset makes the most frequent English name 1.2 % of all. */
const byRank = (names: readonly string[], offset: number) =>
  weights(names.map((name, rank) => [Math.floor(1_000_000_000 / (rank + offset)), name] as const));

const FAMILIES = new Map(
  TRADITIONS.items.map(
    (tradition) => [tradition, byRank(tradition.families, tradition === ENGLISH ? 9 : 5)] as const,
  ),
);

/** What somebody is called. */
export interface DrawnName {
  /** Empty for those with one name only. */
  readonly given: string;
  readonly middle: string;
  readonly family: string;
  /** Another family name of the same tradition: the one before a marriage. */
  readonly otherFamily: string;
}

/** Draws the names of one person. */
export function drawName(random: Random, sex: 'F' | 'M', birthYear: number): DrawnName {
  const tradition = random.weighted(TRADITIONS);
  const list = sex === 'F' ? tradition.women : tradition.men;
  const given = (): string =>
    random.pickEarly(list === 'BY_DECADE' ? ofDecade(random, sex, birthYear) : list);
  const family = (): string => {
    const from = FAMILIES.get(tradition);
    if (from === undefined) throw new RangeError('a tradition without family names');
    return random.weighted(from);
  };
  const first = given();
  const last = family();
  const middle = random.chance(0.4) ? given() : '';
  const whole = random.chance(0.025) ? `${last}-${family()}` : last;
  if (random.chance(0.001)) return { given: '', middle: '', family: last, otherFamily: last };
  return {
    given: first,
    middle: middle === first ? '' : middle,
    family: whole,
    otherFamily: family(),
  };
}

/** A quarter of people have a name of the decade before. */
function ofDecade(random: Random, sex: 'F' | 'M', birthYear: number): readonly string[] {
  const year = birthYear - (random.chance(0.25) ? 10 : 0);
  const decade = Math.min(1990, Math.max(1950, year - (year % 10)));
  return (sex === 'F' ? WOMEN : MEN)[decade] ?? [];
}
