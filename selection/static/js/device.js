import { Component } from 'govuk-frontend'

// <form data-module="app-device" data-account="1" data-leave="leave.js">: the way out. Where forms were filled on this
// device, their pages are cleared before somebody leaves, and when somebody else has come.
export class Device extends Component {
  static moduleName = 'app-device'

  constructor ($root) {
    super($root)
    const account = Number($root.dataset.account)
    const used = () => localStorage.getItem('capture-person')
    const script = () => import($root.dataset.leave)
    if (used()) script().then(({ arrive }) => arrive(account))
    $root.addEventListener('submit', async (event) => {
      if (!used()) return
      event.preventDefault()
      const { atMost, leave, send } = await script()
      const leaving = new CustomEvent('app-leaving', { detail: [] }) // to a form that is open on this page
      document.dispatchEvent(leaving)
      await atMost(Promise.all(leaving.detail))
      const left = await send(account, $root.elements.csrf_token.value).catch(() => 0)
      if (left && !confirm(warning(left))) return
      await leave(account).catch(() => {})
      $root.submit()
    })
  }
}

const warning = (forms) => `Work on ${forms === 1 ? 'one form' : `${forms} forms`} is on this device only. It is kept, ` +
  'and is sent when you sign in here again. Sign out all the same?'
