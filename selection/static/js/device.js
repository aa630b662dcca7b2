import { Component } from 'govuk-frontend'

// <form data-module="app-device" data-account="1" data-leave="leave.js">: the way out. Where forms were filled on this
// device, their pages are cleared before somebody leaves, and when somebody else has come.
export class Device extends Component {
  static moduleName = 'app-device'

  constructor ($root) {
    super($root)
    if (!localStorage.getItem('capture-person')) return
    const account = Number($root.dataset.account)
    const script = import($root.dataset.leave)
    script.then(({ arrive }) => arrive(account))
    $root.addEventListener('submit', async (event) => {
      event.preventDefault()
      await (await script).leave(account, $root.elements.csrf_token.value).catch(() => {})
      $root.submit()
    })
  }
}
