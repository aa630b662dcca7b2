// The time as the service has it: a device's own clock may be wrong, so only its passing is used.

import { recall, remember } from './store.js'

let offset = null

export function set (moment) {
  const found = Date.parse(moment) - performance.now()
  if (offset === null || Math.abs(found - offset) > 2_000) remember('clock', Date.parse(moment) - Date.now()).catch(() => {})
  offset = found
}

// Without a connection since the page was opened: by how much the device's clock was wrong when it last had one.
export async function recover () {
  if (offset === null) offset = Date.now() + (await recall('clock') ?? 0) - performance.now()
}

export function now () {
  return offset === null ? Date.now() : offset + performance.now()
}

const WALL = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/London', hour: '2-digit', minute: '2-digit' })

// As a clock on a wall in London shows it: 10:32.
export function onTheWall (moment = now()) {
  return WALL.format(moment)
}
