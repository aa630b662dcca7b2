// A form that is open: what is typed goes to the device at once and to the server within two seconds.

import * as clash from './clash.js'
import * as clock from './clock.js'
import * as fields from './fields.js'
import { forget, forgetPages, keep } from './keep.js'
import { Notes } from './notes.js'
import * as person from './person.js'
import { Queue } from './queue.js'
import { Server } from './server.js'
import { Snapshot } from './snapshot.js'
import { Status } from './status.js'
import * as store from './store.js'
import { alone, waitFor } from './tab.js'
import { Timer } from './timer.js'

const SEND_WITHIN = 1_200
const TRY_AGAIN = [2_000, 4_000, 8_000, 15_000]
const ANNOUNCE_EVERY = 60_000
const WAITS = new Set(['offline', 'busy'])

export class Page {
  constructor ($form) {
    const { account, form, standard, version, now } = $form.dataset
    this.$form = $form
    this.account = Number(account)
    this.form = Number(form)
    this.kept = !now // the page came from this device, not from the server
    this.status = new Status(document.querySelector('[data-capture-status]'))
    this.$clash = document.querySelector('[data-capture-clash]')
    this.server = new Server(this.account, this.form, $form.elements.csrf_token?.value)
    this.queue = new Queue({ account: this.account, form: this.form, standard: Number(standard), version: Number(version) }, this.server)
    this.snapshot = new Snapshot(this.account, this.form)
    this.notes = [...$form.querySelectorAll('[name^="note-"]')].map(($note) =>
      new Notes($note, $form.elements[$note.name.replace('note', 'evidence')], (line) => this.#change({ [$note.name]: line })))
    this.chain = Promise.resolve()
    this.unkept = {}
    this.failures = 0
    this.changes = 0
    if (now) clock.set(now)
  }

  async start ({ takeOver = false } = {}) {
    await clock.recover().catch(() => {})
    if (this.kept && person.here() !== this.account) return this.#hide('other')
    if (!this.kept) await this.#arrive()
    this.status.say('opening')
    const freed = () => location.reload()
    const lost = () => {
      this.#yield()
      waitFor(this.account, this.form, freed)
    }
    if (!await alone(this.account, this.form, { lost, freed, takeOver })) return this.#yield()
    await this.#restore()
    this.#listen()
    this.timer = new Timer(document.querySelector('[data-capture-timer]'), `timer-${this.account}-${this.form}`)
    this.timer.start()
    if (!this.kept) keep(this.account, this.form, this.queue.version, this.$form.dataset.worker).catch(() => {})
    await this.#announce()
    await this.flush()
    document.documentElement.dataset.capture = 'ready'
  }

  // Somebody else's pages go from the device before this person's come.
  async #arrive () {
    const before = person.here()
    if (before && before !== this.account) await forgetPages(before)
    person.arrive(this.account)
  }

  async #restore () {
    const [waiting, seen] = [await this.queue.operations().catch(() => []), this.snapshot.recall()]
    const served = this.kept ? seen?.fields : fields.asServed(this.$form)
    const pending = Object.assign({}, ...waiting.map((operation) => operation.payload))
    if (this.kept) this.queue.version = seen?.version ?? (await store.keptForm(this.account, this.form))?.version ?? 0
    this.blind = !served
    if (!this.kept && waiting[0]?.base_version > this.queue.version) this.queue.behind = true // sent while the page came
    if (this.blind) this.#shut(pending)
    fields.write(this.$form, { ...served, ...pending })
    this.#name(seen?.candidate)
    this.last = this.#fields()
    this.#see()
  }

  // What the server has is not known here: it can be added to, and chosen anew, but not written over unseen.
  #shut (pending) {
    document.querySelector('[data-capture-blind]').hidden = false
    for (const $text of this.$form.querySelectorAll('textarea')) $text.readOnly = !($text.name in pending)
    for (const notes of this.notes) notes.apart = notes.$evidence.readOnly
  }

  #fields () {
    const typed = fields.read(this.$form)
    for (const notes of this.notes) if (!notes.apart) typed[notes.$evidence.name] = notes.whole
    return typed
  }

  #listen () {
    const { $form } = this
    for (const event of ['input', 'change']) $form.addEventListener(event, () => this.#typed())
    $form.addEventListener('submit', (event) => this.#submit(event))
    window.addEventListener('online', () => this.#look())
    window.addEventListener('focus', () => this.#look())
    window.addEventListener('pageshow', (event) => { if (event.persisted) location.reload() })
    document.addEventListener('visibilitychange', () => { if (!document.hidden) this.#look() })
    navigator.serviceWorker?.addEventListener('message', () => this.flush())
    window.addEventListener('beforeunload', (event) => { if (this.writing || Object.keys(this.unkept).length) event.preventDefault() })
    setInterval(() => this.#announce(), ANNOUNCE_EVERY)
    const $back = document.querySelector('[data-capture-hand-back]')
    $back.hidden = false
    $back.addEventListener('click', () => this.#handBack())
  }

  #typed () {
    const now = this.#fields()
    const changes = fields.changed(this.last, now)
    if (!Object.keys(changes).length) return
    this.last = now
    this.#change(changes)
  }

  // To the device's disk, one change after the other; what cannot be kept there is tried again with the next.
  #change (changes) {
    Object.assign(this.unkept, changes)
    this.writing = true
    this.changes++
    this.status.$root.dataset.kept = false
    this.#see()
    this.chain = this.chain.then(async () => {
      const taken = this.unkept
      this.unkept = {}
      try {
        if (Object.keys(taken).length) await this.queue.change(taken)
        this.writing = Object.keys(this.unkept).length > 0
        if (!this.stopped) this.status.say('sending', { kept: !this.writing })
      } catch {
        this.unkept = { ...taken, ...this.unkept }
        this.status.say('lost', { kept: false })
        setTimeout(() => this.#change({}), TRY_AGAIN[0])
      }
    })
    this.sendingAt ??= setTimeout(() => this.flush(), SEND_WITHIN)
  }

  #see () {
    this.snapshot.take({ fields: this.last, version: this.queue.version, candidate: this.$form.dataset.candidate }, this.blind)
  }

  // Sends what waits, says where the work is, and tries again by itself; resolves to what came of it.
  async flush () {
    this.running ??= this.#flush().finally(() => { this.running = null })
    return this.running
  }

  async #flush () {
    clearTimeout(this.sendingAt)
    this.sendingAt = null
    await this.chain
    if (this.stopped) return this.stopped
    const answer = await this.queue.flush()
    if (answer.code === 'stored' && (this.queue.behind || this.blind)) await this.#refresh()
    const waiting = (await this.queue.operations()).length
    this.failures = WAITS.has(answer.code) ? this.failures + 1 : 0
    if (WAITS.has(answer.code) || answer.code === 'signed-out') {
      setTimeout(() => this.flush(), TRY_AGAIN[Math.min(this.failures, TRY_AGAIN.length - 1)])
    }
    if (answer.code === 'stored' && waiting) { // typed while the last was on its way
      this.sendingAt ??= setTimeout(() => this.flush(), SEND_WITHIN)
      return 'sending'
    }
    this.#see()
    await this.#told(answer)
    return answer.code
  }

  async #told (answer) {
    if (this.stopped) return // somebody else came, or another tab took over, while this was on its way
    this.#showErrors(answer.code === 'refused' ? answer.errors : {})
    if (answer.code === 'other') return this.#hide('other')
    this.status.say(answer.code, { kept: !this.writing })
    if (answer.code === 'stale' || answer.code === 'ahead') await this.#settle(answer)
    if (answer.code === 'closed' || answer.code === 'gone') await this.#giveUp(answer)
  }

  #showErrors (errors) {
    const $list = document.querySelector('[data-capture-errors]')
    $list.replaceChildren(...Object.entries(errors).flatMap(([name, sentences]) => sentences.map((sentence) => {
      const $line = document.createElement('li')
      $line.append(Object.assign(document.createElement('a'), { href: `#${name || 'main-content'}`, textContent: sentence }))
      return $line
    })))
    $list.parentElement.hidden = !$list.children.length
  }

  // The server has more than this page was made from: what waits is nothing, so its fields are shown as they are there.
  async #refresh () {
    if (!this.blind && this.notes.some((notes) => notes.line)) return // it is part of what the server has: not twice
    const seen = this.changes
    const state = await this.server.state()
    if (state.code !== 'ok' || (await this.queue.operations()).length || this.changes !== seen) return // typed meanwhile
    this.queue.version = state.version
    this.queue.behind = false
    fields.write(this.$form, state.fields)
    this.last = this.blind ? fields.read(this.$form) : this.#fields()
    if (this.blind) this.#open(state.candidate)
  }

  // What the server has is known again: a note that is being typed goes on as part of its evidence.
  #open (candidate) {
    this.blind = false
    document.querySelector('[data-capture-blind]').hidden = true
    for (const $text of this.$form.querySelectorAll('textarea')) $text.readOnly = false
    for (const notes of this.notes) notes.apart = false
    this.#name(candidate)
    this.#typed()
  }

  #name (candidate) {
    if (!candidate || !this.kept) return
    this.$form.dataset.candidate = candidate
    document.querySelector('[data-capture-candidate]').textContent = ` of ${candidate}`
  }

  // Nothing more is typed until somebody has chosen; returns all that waits, the last of it on the disk too.
  async #halt (code) {
    this.stopped = code
    this.$form.inert = true
    for (const notes of this.notes) notes.finish()
    await this.chain
    return Object.assign({}, ...(await this.queue.operations()).map((operation) => operation.payload))
  }

  async #settle ({ version, stored, labels }) {
    const yours = await this.#halt('stale')
    for (const [name, value] of Object.entries(yours).filter(([name]) => name.startsWith('note-'))) {
      const evidence = name.replace('note', 'evidence')
      yours[evidence] = [yours[evidence] ?? stored[evidence], value].filter(Boolean).join('\n')
      delete yours[name]
    }
    const chosen = await clash.choose(this.$clash, this.$form, { labels, theirs: stored, yours })
    await this.queue.settle(version, chosen)
    this.$form.inert = false
    this.stopped = null
    fields.write(this.$form, { ...stored, ...chosen })
    this.last = this.#fields()
    this.sendingAt ??= setTimeout(() => this.flush(), 0)
  }

  async #giveUp ({ code, messages = [] }) {
    const yours = await this.#halt(code)
    if (Object.keys(yours).length) await clash.onlyHere(this.$clash, this.$form, { messages, labels: {}, yours })
    await this.queue.settle(this.queue.version, {})
    await this.server.hold(await store.deviceId(), 0, true)
    await forget(this.account, this.form)
    location.assign('/centres/mine')
  }

  // Another tab of this device writes on the form.
  #yield () {
    this.stopped = 'elsewhere'
    this.$form.inert = true
    this.status.say('elsewhere')
    this.status.$again.onclick = () => {
      sessionStorage.setItem('capture-take-over', this.form)
      location.reload()
    }
  }

  // Nothing of this person is shown while somebody else is signed in.
  #hide (code) {
    this.stopped = code
    document.querySelector('[data-capture-private]').hidden = true
    document.title = 'Somebody else is signed in'
    this.status.say(code)
    if (this.shutOut) return
    this.shutOut = true
    window.addEventListener('focus', async () => { if (await this.server.whoIsHere() === 'here') location.reload() })
  }

  async #look () {
    if (this.stopped === 'stale' || this.stopped === 'elsewhere' || this.stopped === 'other') return
    await this.#announce()
    await this.flush()
  }

  async #announce () {
    if (this.stopped) return
    const waiting = await this.queue.operations().catch(() => [])
    const answer = await this.server.hold(await store.deviceId().catch(store.uuid), waiting.length)
    if (answer.code === 'other') return this.#hide('other')
    if (answer.version > this.queue.version) this.queue.behind = true // written on elsewhere, or sent by another tab
  }

  async #handBack () {
    for (const notes of this.notes) notes.finish()
    if (await this.#empty() && (await this.server.hold(await store.deviceId(), 0, true)).code === 'ok') {
      this.stopped = 'handed back'
      await forget(this.account, this.form)
      location.assign('/centres/mine')
    }
  }

  // Everything typed is with the server; false if something stands in the way, which the page then says.
  async #empty () {
    for (let turn = 0; turn < 5; turn++) {
      const code = await this.flush()
      if (code === 'stored') return true
      if (code !== 'sending') return false
    }
    return false
  }

  // Saving is going on all the time: its buttons only hurry it. Sealing is for the server, once it has everything.
  async #submit (event) {
    event.preventDefault()
    const { value: act, dataset } = event.submitter ?? { value: 'save', dataset: {} }
    for (const notes of this.notes) notes.finish()
    if (!await this.#empty()) return this.status.$root.scrollIntoView({ block: 'nearest' })
    if (act !== 'seal') return 'leave' in dataset ? location.assign('/centres/mine') : undefined
    this.stopped = 'sealing'
    const said = { version: this.queue.version, csrf_token: this.server.token, device: await store.deviceId(), do: act }
    for (const [name, value] of Object.entries(said)) {
      const $said = this.$form.elements[name]?.type === 'hidden' ? this.$form.elements[name] : document.createElement('input')
      this.$form.append(Object.assign($said, { type: 'hidden', name, value }))
    }
    HTMLFormElement.prototype.submit.call(this.$form)
  }
}
