// What the device keeps (IndexedDB, every change written through before it counts): the operations that the server has
// not acknowledged, which forms are open here and at what version, and the device's own name. Nothing acknowledged.

import { openDB } from 'idb'

const STRICT = { durability: 'strict' }
let opened

function database () {
  opened ??= openDB('capture', 1, {
    upgrade (db) {
      db.createObjectStore('operations', { keyPath: 'op_id' }).createIndex('queue', ['account', 'form', 'seq'])
      db.createObjectStore('forms', { keyPath: ['account', 'form'] })
      db.createObjectStore('device')
    },
    terminated () { opened = undefined }
  })
  return opened
}

// Runs `work` with the stores in one transaction; resolves when it is on the disk.
async function writing (stores, work) {
  const transaction = (await database()).transaction(stores, 'readwrite', STRICT)
  const [result] = await Promise.all([work(...stores.map((name) => transaction.objectStore(name))), transaction.done])
  return result
}

const of = (account, form) => IDBKeyRange.bound([account, form, 0], [account, form, Infinity])

export async function queued (account, form) {
  return (await database()).getAllFromIndex('operations', 'queue', of(account, form))
}

// The forms of this person on which something is not acknowledged yet, each once.
export async function unsentForms (account) {
  const all = await (await database()).getAllFromIndex('operations', 'queue',
    IDBKeyRange.bound([account, 0, 0], [account, Infinity, Infinity]))
  return [...new Set(all.map((operation) => operation.form))]
}

// Lets the changes join the last operation if that was never sent, else begins a new one after it.
export function add (account, form, fields, begin) {
  return writing(['operations'], async (operations) => {
    const queue = await operations.index('queue').getAll(of(account, form))
    const last = queue.at(-1)
    const open = last && !last.sent ? last : { ...begin(last), account, form, seq: (last?.seq ?? 0) + 1, payload: {} }
    join(open.payload, fields)
    delete open.refused
    await operations.put(open)
    return queue.length + (open === last ? 0 : 1)
  })
}

// A note is added to those before it; any other field is what it was changed to last.
function join (payload, fields) {
  for (const [name, value] of Object.entries(fields)) {
    payload[name] = name.startsWith('note-') && payload[name] ? `${payload[name]}\n${value}` : value
  }
}

export function rename (operation) {
  return writing(['operations'], async (operations) => {
    await operations.delete(operation.op_id)
    await operations.put({ ...operation, op_id: uuid(), sent: false })
  })
}

// The first operation that waits, marked as sent in the same step: from now on it does not change.
export function take (account, form) {
  return writing(['operations'], async (operations) => {
    const [first] = await operations.index('queue').getAll(of(account, form), 1)
    if (first && !first.refused && !first.sent) await operations.put(Object.assign(first, { sent: true }))
    return first
  })
}

// All that waits becomes one operation again, under a new name, with what the server said against it.
export function rejoin (account, form, refused) {
  return writing(['operations'], async (operations) => {
    const queue = await operations.index('queue').getAll(of(account, form))
    const payload = {}
    for (const operation of queue) {
      join(payload, operation.payload)
      await operations.delete(operation.op_id)
    }
    await operations.put({ ...queue[0], op_id: uuid(), sent: false, payload, refused })
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
export function replace (account, form, operation) {
  return writing(['operations'], async (operations) => {
    for (const key of await operations.index('queue').getAllKeys(of(account, form))) await operations.delete(key)
    if (operation) await operations.put({ ...operation, account, form, seq: 1 })
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
    for (const what of ['timer', 'draft']) await device.delete(`${what}-${account}-${form}`)
  })
}

export async function recall (name) {
  return (await database()).get('device', name)
}

export function remember (name, value) {
  return writing(['device'], (device) => device.put(value, name))
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
