// A form that is open: what is typed goes to the device at once and to the server within two seconds.

import * as clock from './clock.js'
import * as fields from './fields.js'
import { arrive, keep } from './keep.js'
import { Keeper } from './keeper.js'
import * as person from './person.js'
import { Queue } from './queue.js'
import { replayOthers } from './replay.js'
import { Sender } from './sender.js'
import { Server } from './server.js'
import * as settle from './settle.js'
import { Sheet } from './sheet.js'
import { Status } from './status.js'
import * as store from './store.js'
import { alone, waitFor } from './tab.js'
import { Timer } from './timer.js'
import * as waysOut from './ways-out.js'

const ANNOUNCE_EVERY = 60_000
const AWAY = new Set(['other', 'left']) // the person of this form is not the one at the device

export class Page {
  constructor ($form) {
    const { account, form, standard, version, now, key } = $form.dataset
    this.$form = $form
    this.account = Number(account)
    this.form = Number(form)
    this.kept = !now // the page came from this device, not from the server
    this.stopped = null // why nothing is typed or sent now
    this.status = new Status(document.querySelector('[data-capture-status]'))
    this.$clash = document.querySelector('[data-capture-clash]')
    this.server = new Server(this.account, this.form, $form.elements.csrf_token?.value)
    this.queue = new Queue({ account: this.account, form: this.form, standard: Number(standard), version: Number(version) }, this.server)
    this.keeper = new Keeper(this.queue, (kept) => this.#keptOrNot(kept))
    this.sender = new Sender(this, this.queue, this.keeper)
    this.sheet = new Sheet($form, this.account, this.form, (note) => this.#change(note))
    this.key = key
    if (now) clock.set(now)
  }

  async start ({ takeOver = false } = {}) {
    history.replaceState(null, '', location.href) // the answer to sealing with gaps is not sealed again by loading it again
    await clock.recover().catch(() => {})
    if (this.kept && person.here() !== this.account) return this.#whoIsHere()
    if (!this.kept) await arrive(this.account, this.key)
    window.addEventListener('storage', () => this.#whoIsHere())
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
    await this.sender.flush()
    document.documentElement.dataset.capture = 'ready'
    replayOthers(this)
  }

  async #restore () {
    const [waiting, seen] = [await this.queue.look(), this.sheet.snapshot.recall()]
    const served = this.kept ? await this.#known(seen, waiting) : fields.asServed(this.$form)
    if (!this.kept && waiting[0]?.base_version > this.queue.version) this.queue.behind = true // sent while the page came
    this.sheet.restore(served, await this.queue.pending(), seen?.candidate)
    this.sheet.remember(this.queue.version)
  }

  // What the tab remembers of the form, unless the server has more: then that is not known here.
  async #known (seen, waiting) {
    const { version = 0 } = await store.keptForm(this.account, this.form).catch(() => null) ?? {}
    this.queue.version = Math.max(seen?.version ?? 0, version)
    return waiting.length || seen?.version === this.queue.version ? seen?.fields : undefined
  }

  #listen () {
    const { $form } = this
    for (const event of ['input', 'change']) $form.addEventListener(event, () => this.#typed())
    $form.addEventListener('submit', (event) => waysOut.submit(this, event))
    for (const event of ['online', 'focus']) window.addEventListener(event, () => this.#look())
    window.addEventListener('pageshow', (event) => { if (event.persisted) location.reload() })
    document.addEventListener('visibilitychange', () => { if (!document.hidden) this.#look() })
    navigator.serviceWorker?.addEventListener('message', () => this.#look())
    window.addEventListener('beforeunload', (event) => { if (!this.keeper.isEmpty || this.queue.loose) event.preventDefault() })
    setInterval(() => this.#announce().then(() => replayOthers(this)), ANNOUNCE_EVERY)
    document.addEventListener('app-leaving', (event) => event.detail.push(waysOut.giveBack(this)))
    const $back = document.querySelector('[data-capture-hand-back]')
    $back.hidden = false
    $back.addEventListener('click', () => waysOut.handBack(this))
  }

  #typed () {
    const changes = this.sheet.changes()
    if (Object.keys(changes).length) this.#change(changes)
  }

  #change (changes) {
    this.status.$root.dataset.kept = false
    this.sheet.remember(this.queue.version)
    this.keeper.change(changes)
    this.sender.soon()
  }

  #keptOrNot (kept) {
    if (!this.stopped) this.status.say(kept || this.keeper.busy ? 'sending' : 'lost', { kept })
    if (!kept) this.sender.soon()
  }

  // The server has more than this page was made from: what waits is nothing, so its fields are shown as they are there.
  async refresh () {
    if (!this.queue.behind && !this.sheet.blind) return
    if (!this.sheet.blind && this.sheet.isNoting) return // it is part of what the server has: not twice
    const seen = this.keeper.count
    const state = await this.server.state()
    if (state.code !== 'ok' || (await this.queue.operations()).length || this.keeper.count !== seen) return // typed meanwhile
    this.queue.version = state.version
    this.queue.behind = false
    this.sheet.learn(state.fields, state.candidate)
    this.#typed()
  }

  // Hears what came of sending.
  async told (answer) {
    if (this.stopped) return // somebody else came, or another tab took over, while this was on its way
    this.sheet.remember(this.queue.version)
    this.status.showErrors(answer.code === 'refused' ? answer.errors : {})
    if (answer.code === 'other') return this.#hide()
    this.status.say(answer.code, { kept: this.keeper.isEmpty && !this.queue.loose })
    if (answer.code === 'stale' || answer.code === 'ahead') await settle.choose(this, answer)
    if (answer.code === 'closed' || answer.code === 'gone') await settle.giveUp(this, answer)
  }

  stop (code) {
    this.stopped = code
    this.$form.inert = true
  }

  goOn (values) {
    this.$form.inert = false
    this.stopped = null
    this.sheet.show(values)
    this.sender.soon(0)
  }

  // The name of this device; one that can keep none has one for as long as the page is open.
  async device () {
    this.deviceId ??= await store.deviceId().catch(store.uuid)
    return this.deviceId
  }

  // Another tab of this device writes on the form.
  #yield () {
    this.stop('elsewhere')
    this.status.say('elsewhere')
    this.status.$again.onclick = () => {
      sessionStorage.setItem('capture-take-over', this.form)
      location.reload()
    }
  }

  // Another tab says that somebody came or left.
  #whoIsHere () {
    const here = person.here()
    if (here !== this.account) this.#hide(here ? 'other' : 'left')
    else if (AWAY.has(this.stopped)) location.reload()
  }

  // Nothing of this person is shown, or left in the tab, while somebody else is at the device.
  #hide (code = 'other') {
    const hidden = AWAY.has(this.stopped)
    this.stopped = code
    document.title = code === 'left' ? 'Signed out' : 'Somebody else is signed in'
    this.status.say(code)
    if (hidden) return
    this.sheet.clear()
    window.addEventListener('focus', async () => { if (await this.server.whoIsHere() === 'here') location.reload() })
  }

  async #look () {
    if (this.stopped === 'stale' || this.stopped === 'elsewhere' || AWAY.has(this.stopped)) return
    await this.#announce()
    await this.sender.flush()
    await replayOthers(this)
  }

  async #announce () {
    if (this.stopped) return
    const waiting = await this.queue.operations().catch(() => ['what cannot be read'])
    const answer = await this.server.hold(await this.device(), waiting.length)
    if (answer.code === 'other') return this.#hide()
    if (answer.version > this.queue.version) this.queue.behind = true // written on elsewhere, or sent by another tab
  }
}
