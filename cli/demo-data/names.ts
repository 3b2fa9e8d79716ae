/** Names to make people of, from several traditions. Ordinary names; nobody in particular. */

const words = (text: string): readonly string[] => text.trim().split(/\s+/);

/** Given names of women. */
export const WOMEN =
  words(`Abigail Aisha Alice Amelia Anita Anna Bethan Caitlin Carol Charlotte Chidinma Claire Dawn
  Deepa Donna Eilidh Eleanor Emily Emma Fatima Fiona Gemma Grace Hannah Heather Helen Imogen Ingrid Jacqueline Jane Joanne
  Joyce Julie Karen Katarzyna Kelly Laura Leah Linda Louise Lucy Maria Marie Meera Megan Michelle Mei Natalie Ngozi Nicola
  Olivia Patience Paula Precious Priya Rachel Rebecca Rosalind Ruth Samantha Sarah Seren Shabnam Sharon Siobhan Sophie Susan
  Tamara Teresa Tracey Usha Victoria Wendy Yasmin Zainab Zoë`);

/** Given names of men. */
export const MEN =
  words(`Aaron Abdul Adam Alan Alexander Andrew Anil Anthony Arjun Babatunde Benjamin Brendan Callum
  Charles Christopher Colin Craig Daniel David Dennis Dylan Edward Emeka Ethan Femi Gareth George Graham Hamza Harry Hugh Ian
  Ibrahim Jack James Jason Jonathan Joseph Joshua Karl Kenneth Kwame Leon Liam Luke Mark Martin Matthew Michael Mohammed
  Nathan Neil Oliver Oscar Owen Patrick Paul Peter Philip Rajesh Rhys Richard Robert Ryan Samuel Sanjay Sean Simon Stephen
  Stuart Tariq Thomas Timothy Tomasz Vikram William Yusuf`);

/** Family names, the more frequent first. */
export const FAMILIES =
  words(`Smith Jones Taylor Brown Williams Wilson Johnson Davies Patel Robinson Wright Thompson Evans
  Walker White Roberts Green Hall Wood Khan Jackson Clarke Hughes Edwards Turner Hill Ahmed Moore Ward Harris Clark Cooper
  Morris King Baker Singh Harrison Morgan Allen Scott Watson Ali Parker Young Lee Begum Bennett Price Griffiths Okafor
  Carter Hussain Shaw Mitchell Kelly Richardson Cox Gray Marshall Murphy Campbell Adeyemi Fletcher Kaur Nowak Mensah
  Gallagher Chapman Ellis Rahman Webb Sharma Palmer Osei Holmes Kowalski Chowdhury Butler Iqbal Fernandes Pereira Nair
  Sutherland Boateng O'Brien O'Connor D'Souza MacLeod Thorne Pritchard Lindqvist Garcia Müller Popescu Novák Ionescu
  Dlamini Mbeki Chukwu Eze Ogunleye Thapa Gurung Reyes Santos Cruz Villanueva Mathew Varghese Thomas Pillai Menon Nguyen
  Chen Wong Silva Costa Rossi Bianchi Haddad Rezaei Karimi Yilmaz Demir Petrov Horvat Jankowska Björk Hawthorne Ashdown
  Penhaligon Tregear Llewellyn Gwynne Cadwallader Fothergill Ramsbottom Entwistle Sowerby Blenkinsop`);

/** What people are called instead. */
export const KNOWN_AS: Readonly<Record<string, string>> = {
  Abigail: 'Abi',
  Alexander: 'Alex',
  Andrew: 'Andy',
  Anthony: 'Tony',
  Benjamin: 'Ben',
  Charlotte: 'Lottie',
  Christopher: 'Chris',
  Daniel: 'Dan',
  Edward: 'Ted',
  Eleanor: 'Ellie',
  Jacqueline: 'Jackie',
  James: 'Jim',
  Jonathan: 'Jon',
  Joseph: 'Joe',
  Joshua: 'Josh',
  Katarzyna: 'Kasia',
  Kenneth: 'Ken',
  Matthew: 'Matt',
  Michael: 'Mick',
  Michelle: 'Shell',
  Mohammed: 'Mo',
  Natalie: 'Nat',
  Nicola: 'Nicky',
  Oliver: 'Ollie',
  Patrick: 'Paddy',
  Philip: 'Phil',
  Rebecca: 'Becky',
  Richard: 'Rick',
  Robert: 'Bob',
  Samantha: 'Sam',
  Samuel: 'Sam',
  Stephen: 'Steve',
  Susan: 'Sue',
  Thomas: 'Tom',
  Timothy: 'Tim',
  Victoria: 'Vicky',
  William: 'Bill',
};
