// Somebody signs out, or somebody else is here: pages of forms go from this device; what the server does not have yet
// waits, unseen, for the person whose it is.

import { forgetPages } from './capture/keep.js'
import * as person from './capture/person.js'
import { handBack, replayAll } from './capture/replay.js'
import { unsentForms } from './capture/store.js'

const PATIENCE = 4_000

export const atMost = (work) => Promise.race([work.catch(() => {}), new Promise((resolve) => setTimeout(resolve, PATIENCE))])

// Sends what waits, as far as that goes in a moment; returns on how many forms something is still here alone.
export async function send (account, token) {
  await atMost(replayAll(account, token).then(() => handBack(account, token, { all: true })))
  return (await unsentForms(account)).length
}

export async function leave (account) {
  await forgetPages(account)
  person.leave(account)
}

export async function arrive (account) {
  const before = person.here()
  if (!before || before === account) return
  await forgetPages(before)
  person.leave(before)
}
