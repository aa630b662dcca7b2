// Somebody signs out, or somebody else is here: pages of forms go from this device; what the server does not have yet
// waits, unseen, for the person whose it is.

import { forgetPages } from './capture/keep.js'
import * as person from './capture/person.js'
import { handBack, replayAll } from './capture/replay.js'
import { remember } from './capture/store.js'

const PATIENCE = 4_000

export async function leave (account, token) {
  const work = replayAll(account, token).then(() => handBack(account, token, { all: true }))
  await Promise.race([work.catch(() => {}), new Promise((resolve) => setTimeout(resolve, PATIENCE))])
  await forgetPages(account)
  await remember('account', null)
  person.leave()
}

export async function arrive (account) {
  const before = person.here()
  if (!before || before === account) return
  await forgetPages(before)
  await remember('account', null)
  person.leave()
}
