// What the open tab shows, for when it is loaded again without a connection. It lives in the tab and goes with it.

export class Snapshot {
  constructor (account, form) {
    this.key = `capture-${account}-${form}`
  }

  take (seen, blind) {
    if (blind) return
    const before = this.recall()
    const candidate = seen.candidate || before?.candidate
    try {
      sessionStorage.setItem(this.key, JSON.stringify({ ...seen, candidate }))
    } catch { /* full or forbidden: the page then opens without it */ }
  }

  forget () {
    sessionStorage.removeItem(this.key)
  }

  recall () {
    try {
      return JSON.parse(sessionStorage.getItem(this.key))
    } catch {
      return null
    }
  }
}
