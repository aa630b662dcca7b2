// What was typed on one form and is not acknowledged yet, in its order. One operation is on its way at a time; what is
// typed meanwhile gathers in the next. An operation never changes once it was sent: the server may have it already.

import * as store from './store.js'

export class Queue {
  constructor ({ account, form, standard, version }, server) {
    Object.assign(this, { account, form, standard, version, server })
    this.behind = false // true if the server acknowledged less than this page was made from: its fields are to be read again
    this.diskless = false // true if this browser keeps nothing: then there is only what is loose
    this.loose = null // the operation that the disk did not take; it is the first of all, and lives in this page alone
  }

  async operations () {
    const kept = this.diskless ? [] : await store.queued(this.account, this.form)
    return this.loose ? [this.loose, ...kept] : kept
  }

  // Finds out once whether this browser keeps anything, and what of this form.
  async look () {
    try {
      return await this.operations()
    } catch {
      this.diskless = true
      return []
    }
  }

  // The fields of all operations together, as they were changed last.
  async pending () {
    return (await this.operations()).reduce((fields, operation) => store.join(fields, operation.payload), {})
  }

  // Keeps changed fields on the device; resolves when they are on its disk.
  async change (fields) {
    await store.add(this.account, this.form, fields, (last) => this.#begin(last))
    this.diskless = false
  }

  #begin (last = this.loose) {
    return { op_id: store.uuid(), base_version: last ? last.base_version + 1 : this.version, standard_version: this.standard }
  }

  // Sends what waits, one after the other, and then what the `keeper` could not bring to the disk. Returns
  // {code: 'stored'} when nothing is left, else what stands in the way.
  async flush (keeper) {
    for (;;) {
      const first = await this.#first(keeper)
      if (!first) return { code: 'stored' }
      if (!first.payload) return { code: 'locked' }
      if (first.refused) return { code: 'refused', errors: first.refused }
      const answer = await this.server.send(first)
      if (answer.code === 'stored') await this.#acknowledged(first, answer.version)
      else if (answer.code === 'reused') await this.#rename(first)
      else if (answer.code === 'refused' || answer.code === 'unreadable') {
        const errors = answer.errors ?? { '': [answer.message] }
        if (first !== this.loose) await store.rejoin(this.account, this.form, errors)
        else return this.#backTo(keeper, errors)
      } else return answer
    }
  }

  async #first (keeper) {
    const first = this.loose ?? (this.diskless ? undefined : await store.take(this.account, this.form))
    if (first || !keeper || keeper.busy) return first // what is on its way to the disk is not loose
    const payload = keeper.take()
    if (Object.keys(payload).length) this.loose = { ...this.#begin(), payload, sent: true }
    return this.loose
  }

  // It will never be stored as it is: it waits in the page until a field is put right.
  #backTo (keeper, errors) {
    keeper.unkept = store.join(this.loose.payload, keeper.unkept)
    this.loose = null
    return { code: 'refused', errors }
  }

  async #rename (operation) {
    if (operation === this.loose) this.loose = { ...operation, op_id: store.uuid() }
    else await store.rename(operation)
  }

  // Goes on from what the server has, with what was chosen of one's own; nothing chosen leaves nothing waiting.
  async settle (version, payload) {
    this.version = version
    this.loose = null
    const operation = Object.keys(payload).length ? { ...this.#begin(), payload } : null
    try {
      await store.replace(this.account, this.form, operation)
      await store.keepForm(this.account, this.form, version)
    } catch {
      this.loose = operation
    }
  }

  async #acknowledged (operation, version) {
    if (version < this.version) this.behind = true
    this.version = Math.max(this.version, version)
    if (operation === this.loose) this.loose = null
    else await store.acknowledge(operation, this.version)
  }
}
