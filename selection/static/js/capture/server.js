// Talks to the service, and says in one word what came back; throws nothing.

import * as clock from './clock.js'

const PATIENCE = 10_000

async function ask (url, said, token) {
  const headers = { Accept: 'application/json' }
  if (said) Object.assign(headers, { 'Content-Type': 'application/json', 'X-CSRFToken': token ?? '' })
  try {
    const response = await fetch(url, {
      method: said ? 'POST' : 'GET',
      body: said ? JSON.stringify(said) : undefined,
      headers,
      redirect: 'manual', // to the page of signing in
      cache: 'no-store',
      signal: AbortSignal.timeout(PATIENCE)
    })
    const json = response.headers.get('Content-Type')?.includes('json') ? await response.json() : {}
    if (json.now) clock.set(json.now)
    return { status: response.type === 'opaqueredirect' ? 401 : response.status, ...json }
  } catch {
    return { status: 0 }
  }
}

// The service as one person uses it on one form; `token` is renewed when it is refused.
export class Server {
  constructor (account, form, token) {
    Object.assign(this, { account, form, token })
  }

  // Who is signed in now: 'here' for the same person, else 'other', 'signed-out', 'offline' or 'busy'.
  async whoIsHere () {
    const who = await ask('/centres/device')
    if (who.status === 200) {
      if (who.account !== this.account) return 'other'
      this.token = who.csrf
      return 'here'
    }
    return ({ 0: 'offline', 401: 'signed-out' })[who.status] ?? 'busy'
  }

  // 'stored', or a clash ('stale', 'ahead', 'closed'), or what is wrong ('refused', 'reused', 'gone'), or why not now.
  async send ({ op_id, base_version, standard_version, payload }) {
    return this.#post('operations', { op_id, form: this.form, base_version, standard_version, payload })
  }

  async hold (device, unsent, handBack = false) {
    return this.#post('hold', { device, unsent, hand_back: handBack })
  }

  async state () {
    const state = await ask(`/centres/forms/${this.form}/state`)
    return state.status === 200 ? { ...state, code: 'ok' } : { code: await this.#whyNot(state) }
  }

  async #post (what, said) {
    const url = `/centres/forms/${this.form}/${what}`
    let answer = await ask(url, said, this.token)
    if (answer.status === 400 && answer.code !== 'unreadable') {
      const who = await this.whoIsHere() // the token has gone with its session, or the person has
      if (who !== 'here') return { code: who }
      answer = await ask(url, said, this.token)
    }
    if (answer.code && answer.status < 500) return answer
    return { ...answer, code: await this.#whyNot(answer) }
  }

  async #whyNot ({ status }) {
    if (status === 0) return 'offline'
    if (status === 401) return 'signed-out'
    if (status !== 403 && status !== 404) return 'busy'
    const who = await this.whoIsHere()
    return who === 'here' ? 'gone' : who
  }
}
