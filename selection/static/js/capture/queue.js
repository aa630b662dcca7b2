// What was typed on one form and is not acknowledged yet, in its order. One operation is on its way at a time; what is
// typed meanwhile gathers in the next. An operation never changes once it was sent: the server may have it already.

import * as store from './store.js'

export class Queue {
  constructor ({ account, form, standard, version }, server) {
    Object.assign(this, { account, form, standard, version, server })
    this.behind = false // true if the server acknowledged less than this page was made from: its fields are to be read again
  }

  async operations () {
    return store.queued(this.account, this.form)
  }

  // Keeps changed fields on the device; resolves when they are on its disk.
  async change (fields) {
    await store.add(this.account, this.form, fields, (last) => ({
      op_id: store.uuid(),
      base_version: last ? last.base_version + 1 : this.version,
      standard_version: this.standard
    }))
  }

  // Sends what waits, one after the other. Returns {code: 'stored'} when nothing is left, else what stands in the way.
  async flush () {
    for (;;) {
      const first = await store.take(this.account, this.form)
      if (!first) return { code: 'stored' }
      if (first.refused) return { code: 'refused', errors: first.refused }
      const answer = await this.server.send(first)
      if (answer.code === 'stored') await this.#acknowledged(first, answer.version)
      else if (answer.code === 'reused') await store.rename(first)
      else if (answer.code === 'refused' || answer.code === 'unreadable') {
        // it will never be stored as it is, and waits until a field is put right
        await store.rejoin(this.account, this.form, answer.errors ?? { '': [answer.message] })
      } else return answer
    }
  }

  // Goes on from what the server has, with what was chosen of one's own; nothing chosen leaves nothing waiting.
  async settle (version, payload) {
    this.version = version
    const operation = { op_id: store.uuid(), base_version: version, standard_version: this.standard, payload }
    await store.replace(this.account, this.form, Object.keys(payload).length ? operation : null)
    await store.keepForm(this.account, this.form, version)
  }

  async #acknowledged (operation, version) {
    if (version < this.version) this.behind = true
    this.version = Math.max(this.version, version)
    await store.acknowledge(operation, this.version)
  }
}
