// The fields of the form, by the names that its page and the service use.

const NOT_TYPED = new Set(['csrf_token', 'version', 'device', 'do'])

const typed = ($form) => [...$form.elements].filter((each) => each.name && !NOT_TYPED.has(each.name))

// What stands in the form now. A note that is being typed counts as the last line of its evidence.
export function read ($form) {
  const fields = {}
  for (const $field of typed($form)) {
    if ($field.type === 'radio') fields[$field.name] = $field.checked ? $field.value : fields[$field.name] ?? ''
    else if ($field.type === 'checkbox') fields[$field.name] = $field.checked ? $field.value : ''
    else if (!$field.name.startsWith('note-')) fields[$field.name] = $field.value
  }
  return fields
}

// What the server had put into the form, whatever the browser made of it since.
export function asServed ($form) {
  const fields = {}
  for (const $field of typed($form)) {
    if ($field.type === 'radio') fields[$field.name] = $field.defaultChecked ? $field.value : fields[$field.name] ?? ''
    else if ($field.type === 'checkbox') fields[$field.name] = $field.defaultChecked ? $field.value : ''
    else if (!$field.name.startsWith('note-')) fields[$field.name] = $field.defaultValue
  }
  return fields
}

export function write ($form, fields) {
  for (const $field of typed($form)) {
    if (!(($field.name) in fields)) continue
    const value = fields[$field.name]
    if ($field.type === 'radio' || $field.type === 'checkbox') $field.checked = $field.value === value
    else if ($field.value !== value) $field.value = value
  }
}

export function changed (before, after) {
  return Object.fromEntries(Object.entries(after).filter(([name, value]) => before[name] !== value))
}

// The value as the page says it: the words of a choice, else the text itself.
export function spoken ($form, name, value) {
  const $choice = typed($form).find((each) => each.name === name && each.value === value && each.labels?.length &&
    ['radio', 'checkbox'].includes(each.type))
  return $choice ? $choice.labels[0].textContent.trim() : value || 'nothing'
}
