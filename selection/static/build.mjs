// Builds selection/static/dist from our few styles and scripts and the libraries that package.json pins.
// Run it with `npm run build`; `make` does so when something it reads has changed.

import { createHash } from 'node:crypto'
import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { build } from 'esbuild'
import { compile } from 'sass'

const here = dirname(fileURLToPath(import.meta.url))
const root = join(here, '../..')
const libraries = join(root, 'node_modules')
const images = join(libraries, '@ministryofjustice/frontend/moj/assets/images')
const dist = join(here, 'dist')

// The libraries warn of their own later versions; only what our styles do wrong is worth a line.
function ours (message, { stack }) {
  if (!stack?.split('\n')[0].includes('node_modules')) console.warn(message)
}

function styles () {
  return compile(join(here, 'scss/app.scss'), {
    style: 'compressed',
    charset: false,
    loadPaths: [root, libraries],
    logger: { warn: ours }
  }).css
}

// Each of these is loaded by the pages that need it: app.js by all, the others where forms are filled.
const SCRIPTS = ['app.js', 'capture.js', 'ratings.js', 'leave.js', 'capture/worker.js']

async function scripts () {
  const { outputFiles } = await build({
    entryPoints: SCRIPTS.map((name) => join(here, 'js', name)),
    entryNames: '[name]',
    outdir: dist,
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2020',
    external: ['/static/*'],
    legalComments: 'none',
    write: false
  })
  return outputFiles
}

// Every picture that the styles name; a missing one ends the build.
async function copyImages (css) {
  const named = new Set([...css.matchAll(/url\((images\/[^)]+)\)/g)].map((match) => match[1]))
  await mkdir(join(dist, 'images'), { recursive: true })
  for (const path of named) {
    await copyFile(join(images, path.slice('images/'.length)), join(dist, path))
  }
}

// The typefaces of printed documents, which selection/core/documents.py names as a folder.
async function copyFonts () {
  const family = join(libraries, '@expo-google-fonts')
  await mkdir(join(dist, 'fonts'))
  for (const [name, file, styles] of [
    ['noto-sans', 'NotoSans', ['400Regular', '400Regular_Italic', '700Bold']],
    ['noto-sans-arabic', 'NotoSansArabic', ['400Regular', '700Bold']]
  ]) {
    for (const style of styles) {
      await copyFile(join(family, name, style, `${file}_${style}.ttf`), join(dist, 'fonts', `${file}_${style}.ttf`))
    }
  }
}

const css = styles()
const js = await scripts()
await rm(dist, { recursive: true, force: true })
await copyImages(css)
await copyFonts()
await writeFile(join(dist, 'app.css'), css)
const hash = createHash('sha256').update(css)
for (const { path, text } of js) {
  hash.update(text)
  await writeFile(path, text)
}
await writeFile(join(dist, 'version.txt'), hash.digest('hex').slice(0, 12))
const sizes = js.map(({ path, text }) => `${basename(path)} ${(text.length / 1024).toFixed(0)} KB`)
console.log(`styles ${(css.length / 1024).toFixed(0)} KB, ${sizes.join(', ')}`)
