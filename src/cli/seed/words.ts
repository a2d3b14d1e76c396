import type { NewUser } from '../../domain/accounts/users.ts'

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

/** What is sold, and for how much: least and most. */
export type Offer = [name: string, least: number, most: number]

/** Lines of business, and what they buy. */
export const trades: { companies: string[]; offers: Offer[] }[] = [
  {
    companies: list('Couriers Freight Logistics Movers'),
    offers: [
      ['Fleet tablets', 6000, 48000],
      ['Route planning', 3600, 24000],
      ['Warehouse scanners', 2800, 22000],
      ['Driver app', 9000, 60000],
    ],
  },
  {
    companies: list('Clinic Dental Optics Veterinary'),
    offers: [
      ['Booking system', 1500, 9000],
      ['Patient portal', 5000, 32000],
      ['Front desk tablets', 1200, 6500],
      ['Reminder service', 600, 3600],
    ],
  },
  {
    companies: list('Bakery Catering Coffee Foods'),
    offers: [
      ['Online ordering', 1800, 12000],
      ['Till system', 2400, 16000],
      ['Loyalty cards', 700, 4200],
      ['Kitchen displays', 1600, 9500],
    ],
  },
  {
    companies: list('Architects Builders Homes Realty Roofing'),
    offers: [
      ['Site tablets', 3200, 26000],
      ['Project portal', 6000, 45000],
      ['Quote calculator', 1400, 8000],
      ['Listing website', 2500, 18000],
    ],
  },
  {
    companies: list('Accounting Consulting Insurance Legal'),
    offers: [
      ['Document portal', 4500, 36000],
      ['Client intake', 1800, 9500],
      ['Phone system', 2200, 15000],
      ['Archive migration', 8000, 70000],
    ],
  },
  {
    companies: list('Dance Fitness Studio Yoga'),
    offers: [
      ['Class booking', 900, 5400],
      ['Member app', 6000, 38000],
      ['Check-in kiosk', 1300, 7000],
      ['Summer campaign', 800, 4500],
    ],
  },
  {
    companies: list('Auto Electric Gardens Plumbing Solar'),
    offers: [
      ['Dispatch board', 2400, 17000],
      ['Van tablets', 2000, 14000],
      ['Quote app', 3500, 21000],
      ['Maintenance plans', 1200, 8800],
    ],
  },
  {
    companies: list('Furniture Interiors Media Printing Travel'),
    offers: [
      ['Online shop', 6000, 45000],
      ['Product photos', 600, 3500],
      ['Search campaign', 900, 8000],
      ['Customer portal', 4800, 30000],
    ],
  },
]

/** What those who bought before buy again. */
export const renewals: Offer[] = [
  ['Care plan', 1200, 6000],
  ['Support contract', 2400, 15000],
  ['Hosting renewal', 480, 2900],
  ['Licence renewal', 900, 12000],
]

export const renewalStages = [
  { name: 'Due soon', stageWinProbability: 60, color: '#64748B' },
  { name: 'Contacted', stageWinProbability: 70, color: '#0EA5E9' },
  { name: 'Quote sent', stageWinProbability: 85, color: '#8B5CF6' },
  { name: 'Renewed', stageWinProbability: 100, color: '#22C55E' },
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

/** Who sells: one sees to the others, one sees only what is assigned to her. */
export const owners: Omit<NewUser, 'password'>[] = [
  { firstName: 'Olivia', lastName: 'Bennett', email: 'olivia@pipewright.example', role: 'admin' },
  { firstName: 'Marcus', lastName: 'Okafor', email: 'marcus@pipewright.example', role: 'user' },
  { firstName: 'Priya', lastName: 'Shah', email: 'priya@pipewright.example', role: 'user' },
  { firstName: 'Diego', lastName: 'Ramirez', email: 'diego@pipewright.example', role: 'user' },
  { firstName: 'Hana', lastName: 'Novak', email: 'hana@pipewright.example', role: 'user' },
  {
    ...{ firstName: 'Grace', lastName: 'Murphy', email: 'grace@pipewright.example', role: 'user' as const },
    permissions: { assignedDataOnly: true },
  },
]

/** What salespeople write down, of deals that are alive. */
export const notes = [
  'Spoke on the phone. They want to start small and grow from there.',
  'Sent the proposal; they will look at it together on Thursday.',
  'Asked for two references from the same line of business.',
  'The budget is approved. Waiting for the signature of the second partner.',
  'They compare us with one other supplier and decide by the end of the month.',
  'Visited them on site. The network in the back rooms is weak, so plan an extra day.',
  'Would like to pay in two parts.',
  'On holiday until the week after next; call then.',
]

export const errands = [
  'Call back about the proposal',
  'Send the revised quote',
  'Book a visit on site',
  'Send two references',
  'Ask about the start date',
]

/** A hundred area codes; with the exchange 555 they make numbers that ring nowhere. */
export const areaCodes = list(`
  201 202 203 205 206 207 208 209 210 212 213 214 215 216 217 218 219 224 225 228 229 231 234 239 240 248 251 252 253
  254 256 260 262 267 269 270 276 281 301 302 303 304 305 307 308 309 310 312 313 314 315 316 317 318 319 320 321 323
  325 330 334 336 337 347 351 352 360 361 385 386 401 402 404 405 406 407 408 409 410 412 413 414 415 417 419 423 424
  425 430 432 434 435 440 443 469 478 479 480 484 501`)
