// Sends what waits of forms that are not open: for the list of forms, for leaving, and for the browser in the background.

import { forget } from './keep.js'
import { Queue } from './queue.js'
import { Server } from './server.js'
import * as store from './store.js'
import { unlessOpen } from './tab.js'

// Returns by form what stands in the way, or 'stored'; forms that a tab has open are left to it.
export async function replayAll (account, token) {
  const found = new Map()
  for (const form of await store.unsentForms(account)) {
    await unlessOpen(account, form, async () => {
      const kept = await store.keptForm(account, form)
      const queue = new Queue({ account, form, version: kept?.version ?? 0 }, new Server(account, form, token))
      found.set(form, (await queue.flush()).code)
    })
  }
  return found
}

// Hands back the forms of which nothing waits: all of them, or those only that do not change any more.
export async function handBack (account, token, { all = false } = {}) {
  const unsent = new Set(await store.unsentForms(account))
  for (const { form } of await store.keptForms(account)) {
    if (unsent.has(form)) continue
    await unlessOpen(account, form, async () => {
      const server = new Server(account, form, token)
      const state = all ? { closed: 'The person leaves.' } : await server.state()
      if (!state.closed && state.code !== 'gone') return
      if (state.code === 'gone' || (await server.hold(await store.deviceId(), 0, true)).code === 'ok') await forget(account, form)
    })
  }
}
