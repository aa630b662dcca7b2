// Two versions of the same fields, side by side: nothing is stored until somebody chooses.

import * as fields from './fields.js'

const element = (name, properties = {}, ...children) => {
  const made = Object.assign(document.createElement(name), properties)
  made.append(...children)
  return made
}

// Shows the fields on which `theirs` (the server's) and `yours` differ; resolves to the fields that are to be yours.
export function choose ($root, $form, { labels, theirs, yours }) {
  const differing = Object.keys(yours).filter((name) => theirs[name] !== yours[name])
  return new Promise((resolve) => {
    const rows = differing.map((name) => row($form, name, labels[name] ?? name, theirs[name] ?? '', yours[name]))
    const $choice = element('form', { className: 'app-clash', noValidate: true },
      element('h2', { className: 'govuk-heading-m', textContent: 'This form was changed somewhere else', tabIndex: -1 }),
      element('p', { className: 'govuk-body', textContent: 'Both are kept until you choose. Choose for each field what counts.' }),
      ...rows,
      element('button', { className: 'govuk-button', textContent: 'Go on with these' }))
    $choice.addEventListener('submit', (event) => {
      event.preventDefault()
      const chosen = {}
      for (const name of differing) if ($choice.elements[`clash-${name}`].value === 'yours') chosen[name] = yours[name]
      $root.replaceChildren()
      resolve(chosen)
    })
    $root.replaceChildren($choice)
    $choice.querySelector('h2').focus()
  })
}

function row ($form, name, label, theirs, yours) {
  return element('fieldset', { className: 'govuk-fieldset govuk-form-group' },
    element('legend', { className: 'govuk-fieldset__legend govuk-fieldset__legend--s', textContent: label }),
    element('div', { className: 'govuk-radios' },
      radio(name, 'yours', `On this device: ${fields.spoken($form, name, yours)}`),
      radio(name, 'stored', `With the server: ${fields.spoken($form, name, theirs)}`)))
}

function radio (name, value, words) {
  const id = `clash-${name}-${value}`
  return element('div', { className: 'govuk-radios__item' },
    element('input', { className: 'govuk-radios__input', type: 'radio', name: `clash-${name}`, value, id, required: true, checked: value === 'yours' }),
    element('label', { className: 'govuk-label govuk-radios__label app-prose', htmlFor: id, textContent: words }))
}

// The form does not take it any more: shows what is only here, to be copied; resolves when it may be thrown away.
export function onlyHere ($root, $form, { messages, labels, yours }) {
  return new Promise((resolve) => {
    const $away = element('button', { type: 'button', className: 'govuk-button govuk-button--warning', textContent: 'Throw away what is only on this device' })
    $away.addEventListener('click', () => {
      $root.replaceChildren()
      resolve()
    })
    const list = Object.entries(yours).flatMap(([name, value]) => [
      element('dt', { textContent: labels[name] ?? name.split('-')[0] }),
      element('dd', { className: 'app-prose', textContent: fields.spoken($form, name, value) })])
    $root.replaceChildren(element('section', { className: 'app-clash' },
      element('h2', { className: 'govuk-heading-m', textContent: 'This was not stored', tabIndex: -1 }),
      ...messages.map((words) => element('p', { className: 'govuk-body', textContent: words })),
      element('p', { className: 'govuk-body', textContent: 'What is only on this device stays here until you throw it away. Copy what you need.' }),
      element('dl', { className: 'app-anchors' }, ...list), $away))
    $root.querySelector('h2').focus()
  })
}
