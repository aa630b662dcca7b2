// The time as the service has it: a device's own clock may be wrong, so only its passing is used.

import { recall, remember } from './store.js'

const SLEPT = [2_000, 12 * 3_600_000]
let known = null

const mark = (moment) => ({ moment, ticks: performance.now(), wall: Date.now() })

export function set (moment) {
  const found = mark(Date.parse(moment))
  if (known === null || Math.abs(found.moment - now()) > SLEPT[0]) remember('clock', found.moment - found.wall).catch(() => {})
  known = found
}

// Without a connection since the page was opened: by how much the device's clock was wrong when it last had one.
export async function recover () {
  known ??= mark(Date.now() + (await recall('clock') ?? 0))
}

// A device that sleeps stops its ticks and not its clock; a clock that somebody puts right jumps further, or back.
export function now () {
  if (known === null) return Date.now()
  const ticks = performance.now() - known.ticks
  const slept = Date.now() - known.wall - ticks
  return known.moment + ticks + (slept > SLEPT[0] && slept < SLEPT[1] ? slept : 0)
}

const WALL = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/London', hour: '2-digit', minute: '2-digit' })

// As a clock on a wall in London shows it: 10:32.
export function onTheWall (moment = now()) {
  return WALL.format(moment)
}
