// One tab writes on a form; another one that has it open says so, waits until the first is closed, and can take over.

const name = (account, form) => `capture-${account}-${form}`
const SOON = 500 // a tab that was killed or loaded again takes a moment to let go

// Resolves to true when this tab is the one that writes, to false when another one is; `freed` is then called once that
// one has closed. `lost` is called when another tab takes over. A browser without locks lets both write: the server then
// shows the clash.
export function alone (account, form, { lost, freed, takeOver = false }) {
  if (!navigator.locks) return Promise.resolve(true)
  return new Promise((resolve) => {
    let waits = true
    let ours = false
    const ask = async () => {
      const held = (await navigator.locks.query()).held.some((lock) => lock.name === name(account, form))
      if (ours) return
      if (!held) return setTimeout(ask, SOON) // nobody has it: this device is only slow
      waits = false
      resolve(false)
    }
    setTimeout(ask, SOON)
    navigator.locks
      .request(name(account, form), takeOver ? { steal: true } : {}, () => {
        ours = true
        if (waits) resolve(true)
        else freed()
        return new Promise(() => {}) // for as long as the tab is open
      })
      .catch(lost)
  })
}

// Calls `freed` when no other tab writes on the form any more.
export function waitFor (account, form, freed) {
  navigator.locks.request(name(account, form), freed)
}

// Does the work unless a tab has the form open, which then does it itself.
export async function unlessOpen (account, form, work) {
  if (!navigator.locks) return work()
  return navigator.locks.request(name(account, form), { ifAvailable: true }, (lock) => lock ? work() : undefined)
}
