// What the device keeps (IndexedDB, every change written through before it counts): the operations that the server has
// not acknowledged, locked; which forms are open here and at what version; the device's own name. Nothing acknowledged.

import { openDB } from 'idb'

import * as lock from './lock.js'

const STRICT = { durability: 'strict' }
let opened
let onItsWay // the operation that is being sent, where the disk is too full to mark it

function database () {
  opened ??= openDB('capture', 1, {
    upgrade (db) {
      db.createObjectStore('operations', { keyPath: 'op_id' }).createIndex('queue', ['account', 'form', 'seq'])
      db.createObjectStore('forms', { keyPath: ['account', 'form'] })
      db.createObjectStore('device')
    },
    terminated () { opened = undefined }
  }).catch((wrong) => {
    opened = undefined
    throw wrong
  })
  return opened
}

// Runs `work` with the stores in one transaction, all or nothing; resolves when it is on the disk.
async function writing (stores, work) {
  const transaction = (await database()).transaction(stores, 'readwrite', STRICT)
  const working = work(...stores.map((name) => transaction.objectStore(name))).catch((wrong) => {
    try { transaction.abort() } catch { /* it is over already */ }
    throw wrong
  })
  const [result] = await Promise.all([working, transaction.done])
  return result
}

const of = (account, form) => IDBKeyRange.bound([account, form, 0], [account, form, Infinity])

// True if nothing was done to it in between; `joined` counts how often something joined it.
const same = (one, other) => ['op_id', 'sent', 'joined'].every((what) => one?.[what] === other?.[what])

// As it is kept: what was typed is locked. It is `null` to whoever has not the key.
async function lockedUp ({ payload, ...operation }) {
  return { ...operation, ...await lock.lock(operation.account, payload) }
}

async function unlocked ({ locked, ...operation }) {
  if (!locked) return operation
  if (!lock.has(operation.account)) lock.take(operation.account, await recall(lock.nameOf(operation.account)))
  return { ...operation, payload: await lock.unlock(operation.account, locked) }
}

export async function queued (account, form) {
  const found = await (await database()).getAllFromIndex('operations', 'queue', of(account, form))
  return Promise.all(found.map(unlocked))
}

// The forms of this person on which something is not acknowledged yet, each once.
export async function unsentForms (account) {
  const all = await (await database()).getAllFromIndex('operations', 'queue',
    IDBKeyRange.bound([account, 0, 0], [account, Infinity, Infinity]))
  return [...new Set(all.map((operation) => operation.form))]
}

// Lets the changes join the last operation if that was never sent, else begins a new one after it. What is locked cannot
// be joined within one step of the disk: if another one came between, it is done again.
export async function add (account, form, fields, begin) {
  for (;;) {
    const last = (await queued(account, form)).at(-1)
    const joins = last && !last.sent && last.payload && last.op_id !== onItsWay
    const { refused, ...open } = joins ? last : { ...begin(last), account, form, seq: (last?.seq ?? 0) + 1, joined: 0, payload: {} }
    const kept = await lockedUp({ ...open, joined: open.joined + 1, payload: join(open.payload, fields) })
    const done = await writing(['operations'], async (operations) => {
      const now = (await operations.index('queue').getAll(of(account, form))).at(-1)
      if (!same(now, last)) return false
      await operations.put(kept)
      return true
    })
    if (done) return
  }
}

// A note is added to those before it; any other field is what it was changed to last.
export function join (payload, fields) {
  for (const [name, value] of Object.entries(fields)) {
    payload[name] = name.startsWith('note-') && payload[name] ? `${payload[name]}\n${value}` : value
  }
  return payload
}

export async function rename (operation) {
  const kept = await lockedUp({ ...operation, op_id: uuid(), sent: false })
  return writing(['operations'], async (operations) => {
    await operations.delete(operation.op_id)
    await operations.put(kept)
  })
}

// The first operation that waits, marked as sent in the same step: from now on it does not change.
export async function take (account, form) {
  try {
    const first = await writing(['operations'], async (operations) => {
      const [first] = await operations.index('queue').getAll(of(account, form), 1)
      if (first && !first.refused && !first.sent) await operations.put(Object.assign(first, { sent: true }))
      return first
    })
    return first && await unlocked(first)
  } catch {
    const [first] = await queued(account, form)
    onItsWay = first?.op_id
    return first
  }
}

// All that waits becomes one operation again, under a new name, with what the server said against it.
export async function rejoin (account, form, refused) {
  const queue = await queued(account, form)
  const payload = queue.reduce((fields, operation) => join(fields, operation.payload), {})
  const kept = await lockedUp({ ...queue[0], op_id: uuid(), sent: false, payload, refused })
  return writing(['operations'], async (operations) => {
    const now = await operations.index('queue').getAll(of(account, form))
    if (now.length !== queue.length || now.some((each, place) => !same(each, queue[place]))) return // typed meanwhile
    for (const { op_id: id } of now) await operations.delete(id)
    await operations.put(kept)
  })
}

// The acknowledged operation goes, and only the number of the version stays.
export function acknowledge (operation, version) {
  return writing(['operations', 'forms'], async (operations, forms) => {
    await operations.delete(operation.op_id)
    await forms.put({ account: operation.account, form: operation.form, version })
  })
}

// Puts one operation in the place of all that waited.
export async function replace (account, form, operation) {
  const kept = operation && await lockedUp({ ...operation, account, form, seq: 1, joined: 0 })
  return writing(['operations'], async (operations) => {
    for (const key of await operations.index('queue').getAllKeys(of(account, form))) await operations.delete(key)
    if (kept) await operations.put(kept)
  })
}

export function keepForm (account, form, version) {
  return writing(['forms'], (forms) => forms.put({ account, form, version }))
}

export async function keptForm (account, form) {
  return (await database()).get('forms', [account, form])
}

export async function keptForms (account) {
  return (await (await database()).getAll('forms')).filter((kept) => kept.account === account)
}

export function forgetForm (account, form) {
  return writing(['forms', 'device'], async (forms, device) => {
    await forms.delete([account, form])
    await device.delete(`timer-${account}-${form}`)
  })
}

export async function recall (name) {
  return (await database()).get('device', name)
}

export function remember (name, value) {
  return writing(['device'], (device) => device.put(value, name))
}

// The person of the key is at this device now. What waits was locked with the key that is here, if the service's changed.
export async function arrive (account, written) {
  const waits = (await unsentForms(account)).length > 0
  const key = (waits && await recall(lock.nameOf(account))) || await lock.bring(account, written)
  lock.take(account, key)
  await writing(['device'], async (device) => {
    await device.put(account, 'account')
    if (key) await device.put(key, lock.nameOf(account))
  })
}

// They are not any more: their key goes.
export function leave (account) {
  return writing(['device'], async (device) => {
    if (await device.get('account') === account) await device.delete('account')
    await device.delete(lock.nameOf(account))
  })
}

// The name under which the server knows this device; it says nothing of who uses it.
export function deviceId () {
  return writing(['device'], async (device) => {
    const known = await device.get('id')
    if (known) return known
    const made = uuid()
    await device.put(made, 'id')
    return made
  })
}

export function uuid () {
  if (globalThis.crypto.randomUUID) return crypto.randomUUID()
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = (bytes[6] & 15) | 64
  bytes[8] = (bytes[8] & 63) | 128
  return [...bytes].map((byte, place) => ([4, 6, 8, 10].includes(place) ? '-' : '') + byte.toString(16).padStart(2, '0')).join('')
}
