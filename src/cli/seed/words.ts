/** What made-up people, businesses and deals are called. */
const list = (text: string) => text.trim().split(/\s+/)

export const firstNames = list(`
  Aaliyah Adam Aisha Alejandro Amara Amelia Andre Anna Anthony Arjun Beatriz Ben Camila Carlos Charlotte Chloe Daniel
  David Diego Elena Elijah Emma Ethan Fatima Felix Gabriel Grace Hana Hannah Hugo Ibrahim Ingrid Isabella Jack Jamal
  James Jin Julia Kai Karim Layla Leo Liam Lina Lucia Lucas Mai Marcus Maria Mateo Maya Mei Mia Nadia Nathan Nina Noah
  Nora Olivia Omar Oscar Priya Rafael Ravi Rosa Ruth Sam Sara Sofia Sven Tariq Theo Tomas Valentina Victor Wei Yara
  Yusuf Zoe`)

export const lastNames = list(`
  Adams Ahmed Allen Alvarez Andersen Baker Barnes Bauer Bennett Brooks Brown Campbell Carter Castillo Chen Clark Cohen
  Collins Cooper Costa Cruz Davis Delgado Diaz Edwards Evans Fernandez Fischer Flores Foster Garcia Gomez Gonzalez Gray
  Green Gupta Hall Harris Hernandez Hughes Ivanova Jackson Jensen Johnson Jones Kaur Kelly Khan Kim King Kowalski Kumar
  Larsen Lee Lewis Lopez Martin Martinez Meyer Miller Mitchell Moore Morales Morgan Murphy Nguyen Novak Okafor Ortiz
  Park Patel Perez Phillips Popescu Price Ramirez Reed Reyes Rivera Roberts Robinson Rossi Ruiz Sanchez Santos Schmidt
  Scott Shah Silva Singh Smith Stewart Sullivan Suzuki Tanaka Taylor Thomas Torres Turner Walker Ward Watson White
  Williams Wilson Wong Wright Yamamoto Young`)

export const companyHeads = list(`
  Acorn Alder Amber Anchor Apex Aspen Atlas Beacon Birch Blue Bramble Bright Brook Canyon Cedar Chestnut Cobalt Copper
  Coral Crest Delta Driftwood Eagle Ember Evergreen Fern Foxglove Garnet Granite Harbor Hazel Heron Highland Hill Horizon
  Indigo Iron Ivy Juniper Keystone Lakeside Lantern Larch Maple Meadow Meridian Mill Mosaic North Oak Olive Orchard
  Pebble Pine Pioneer Prairie Quarry Redwood River Rowan Saffron Sage Sierra Silver Slate Solstice Spruce Stone Summit
  Thistle Timber Union Vale Walnut West Willow Wren`)

export const companyTails = list(`
  Accounting Architects Auto Bakery Builders Catering Clinic Consulting Dental Design Electric Fitness Foods Furniture
  Gardens Homes Insurance Interiors Legal Logistics Media Plumbing Printing Realty Roofing Solar Studio Travel
  Veterinary Yoga`)

/** What is sold, and for how much: least and most. */
export const services: [string, number, number][] = [
  ['Website', 2500, 18000],
  ['Online shop', 6000, 45000],
  ['Search campaign', 900, 8000],
  ['Social media, 6 months', 3000, 12000],
  ['Brand design', 1800, 15000],
  ['Photo shoot', 600, 3500],
  ['Booking system', 1500, 9000],
  ['E-mail campaign', 500, 4000],
  ['Video series', 2200, 20000],
  ['CRM set-up', 1200, 7500],
  ['Care plan, 1 year', 1200, 6000],
  ['Mobile app', 15000, 90000],
]

export const sources = [
  'Website',
  'Referral',
  'Google Ads',
  'Facebook Ads',
  'Trade show',
  'Cold call',
  'Partner',
  'Newsletter',
]
export const tags = ['newsletter', 'vip', 'trade show', 'local', 'renewal', 'agency']
export const lostReasons = [
  'Too expensive',
  'Chose a competitor',
  'No budget this year',
  'Bad timing',
  'Stopped answering',
]

export const owners = [
  { firstName: 'Olivia', lastName: 'Bennett', email: 'olivia@pipewright.example' },
  { firstName: 'Marcus', lastName: 'Okafor', email: 'marcus@pipewright.example' },
  { firstName: 'Priya', lastName: 'Shah', email: 'priya@pipewright.example' },
  { firstName: 'Diego', lastName: 'Ramirez', email: 'diego@pipewright.example' },
]

/** A hundred area codes; with the exchange 555 they make numbers that ring nowhere. */
export const areaCodes = list(`
  201 202 203 205 206 207 208 209 210 212 213 214 215 216 217 218 219 224 225 228 229 231 234 239 240 248 251 252 253
  254 256 260 262 267 269 270 276 281 301 302 303 304 305 307 308 309 310 312 313 314 315 316 317 318 319 320 321 323
  325 330 334 336 337 347 351 352 360 361 385 386 401 402 404 405 406 407 408 409 410 412 413 414 415 417 419 423 424
  425 430 432 434 435 440 443 469 478 479 480 484 501`)
