/** English family names, the more frequent first: well-known ones, then names in the manner of places. */

const words = (text: string): readonly string[] => text.trim().split(/\s+/);

const FREQUENT =
  words(`Smith Jones Taylor Brown Williams Wilson Johnson Davies Robinson Wright Thompson Evans Walker White
  Roberts Green Hall Wood Jackson Clarke Hughes Edwards Turner Hill Lewis Martin Cooper Harris Ward Clark Moore King Baker
  Harrison Morris Allen Scott Watson Parker Young Bennett Price Griffiths Carter Shaw Mitchell Richardson Cox Gray Marshall
  Campbell Fletcher Collins Bell Cook Adams Phillips Anderson Stevens Chapman Ellis Webb Palmer Holmes Simpson Mills Rogers
  Knight Lloyd Foster Butler Barker Russell Mason Matthews Powell Owen Hunt Reid Stewart Murray Graham Pearson Barnes Rees
  Dixon Hunter Elliott Fisher Andrews Harvey Reynolds Day Barrett Kaye Lawson Fox Ford Thomson Wells West Saunders Cole
  Gibson Jenkins Spencer Lowe Hart Burton Hudson Dawson Newton Atkinson Armstrong Woods Hawkins Watts Payne Kirk Bird Pearce
  Gregory Stone Long Howard Hayes Dean Berry Francis Perry Stephenson Booth Gardner Lawrence Oliver Nicholls Sutton Cross
  Rose Cunningham Riley Bradley Sharp Bailey Hopkins Ball Morgan James Rowe Page Freeman Walters Hammond Brooks Osborne
  Townsend Frost Summers Harding Holland Chambers Slater Lane Bishop Burgess Wheeler Norris Coleman Parsons Field Tucker
  Fuller Goodwin Whittaker Hewitt Sutherland Llewellyn Pritchard Gwynne Penhaligon Tregear Sowerby Entwistle Blenkinsop
  Fothergill Cadwallader Ramsbottom Ashdown Hawthorne Thorne`);

const BEGINNINGS =
  words(`Ab Acker Alder Ash Aver Bar Beck Ben Bir Black Blen Bol Brad Bran Bray Bright Brin Brom Buck
  Bur Cal Cam Car Cast Chad Charl Chat Chel Chil Clay Clif Col Comp Cor Cran Craw Cres Crom Crow Cul Dal Dar Deb Den Der
  Dews Dor Drax Dray Dun Ear Eck Ed Eg El Em Ever Fair Farn Fen Fern Fin Flax Fol Fox Fram Gar Gate Gil Glas God Gold Gos
  Gran Greet Grim Hack Had Hal Ham Har Has Hat Haw Hay Head Hel Hem Her Hes Hil Hol Hor Hub Hun Hux Il In Ips Ked Kel Ken
  Ket Kil Kin Kirk Knap Lam Lang Lang Lath Leigh Lid Lin Lock Long Lud Lyn Mal Man Mar Mas Mel Mer Mid Mil Mor Mul Nar Nes
  New Nor Nut Oak Od Ol Or Os Ot Ox Pad Par Pem Pen Pet Pick Pil Por Pres Quen Rad Ram Rav Red Ren Rip Rock Rod Ros Roth
  Rud Rush Sal San Sax Scar Sed Sel Shaf Shel Ship Sil Sked Sod Som Stain Stan Staple Stat Stock Strat Sud Sut Swan Swin
  Tad Tam Tar Tat Ted Thack Thorn Thur Til Tol Tor Trel Tun Twy Tyn Ul Up Wad Wake Wal Wan War Was Wat Wel Wen Wes Wet
  Wharn Whit Wick Wil Win Wis Wit Wol Wood Wor Wren Wy Yar Yel York`);

const ENDS =
  words(`ton ley ford ham field worth by wood wick well den stead bourne land shaw stone croft brook hurst
  combe dale thorpe bridge low man mere more ridge royd side stock tree wald way worthy burn cliffe don gate grove hall
  house lock pool`);

/** Some eleven thousand names. */
export const ENGLISH_FAMILIES: readonly string[] = [
  ...new Set([
    ...FREQUENT,
    // End by end, so that no beginning crowds the frequent places.
    ...ENDS.flatMap((end) => BEGINNINGS.map((beginning) => `${beginning}${end}`)),
  ]),
];
