import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import optimizeLocales from '@react-aria/optimize-locales-plugin'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

/** The server that `npm run dev` started beside this one. */
const server = process.env.PIPEWRIGHT_DEV_SERVER ?? 'http://127.0.0.1:4400'

// What tests look at is what people get: under Vitest the environment would ask for React's build for developers.
if (process.argv.includes('build')) process.env.NODE_ENV = 'production'

export default defineConfig({
  root: import.meta.dirname,
  base: '/app/',
  // What React Aria says to a screen reader, in the one language that the app speaks.
  plugins: [
    layered(),
    react(),
    optimizeLocales.vite({ locales: ['en-US'] }),
    paintedOnce(),
    fontAhead(),
    partsListed(),
    compressed(),
    homeWithoutSlash(),
  ],
  build: {
    outDir: '../dist/app',
    emptyOutDir: true,
    // A file of its own for each, since the policy admits no data: but pictures.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    license: { fileName: 'licenses.md' },
  },
  server: {
    host: '127.0.0.1',
    // The app's own address is here; everything else is the server's. It keeps the name that the browser called.
    proxy: { '^/(?!app(?:/|$|\\?))': { target: server, changeOrigin: false } },
  },
})

/** The order of the layers stands at the head of every stylesheet: whichever arrives first, later layers win. */
function layered(): Plugin {
  const order = '@layer tokens, base, ui, frame, page, print;'
  return {
    name: 'layered',
    enforce: 'pre',
    transform: (text, id) => (/\.css$/.test(id) && !id.includes('node_modules') ? `${order}\n${text}` : undefined),
  }
}

/** Nothing is painted before the script has run, so that a remembered theme does not flash up in the other one. */
function paintedOnce(): Plugin {
  return {
    name: 'painted-once',
    transformIndexHtml: {
      order: 'post',
      handler: (html) => html.replace('<script type="module"', '<script type="module" blocking="render"'),
    },
  }
}

/** The letters that nearly every word needs are asked for with the page, so that no text is drawn twice. */
function fontAhead(): Plugin {
  return {
    name: 'font-ahead',
    transformIndexHtml: {
      order: 'post',
      handler: (_html, { bundle = {} }) =>
        Object.keys(bundle)
          .filter((name) => /inter-latin-wght-normal.*\.woff2$/.test(name))
          .map((name) => ({
            tag: 'link',
            attrs: { rel: 'preload', as: 'font', type: 'font/woff2', crossorigin: true, href: `/app/${name}` },
            injectTo: 'head',
          })),
    },
  }
}

/** Every script and stylesheet by name, for fetching them before they are wanted (frame/commands/fetchAhead.ts). */
function partsListed(): Plugin {
  return {
    name: 'parts-listed',
    apply: 'build',
    enforce: 'post',
    generateBundle(_options, bundle) {
      const names = Object.keys(bundle).filter((name) => /\.(js|css)$/.test(name))
      this.emitFile({ type: 'asset', fileName: 'parts.json', source: JSON.stringify(names.sort()) })
    },
  }
}

/** While developing: the app's address as the built one has it. */
function homeWithoutSlash(): Plugin {
  return {
    name: 'home-without-slash',
    apply: 'serve',
    configureServer({ middlewares }) {
      middlewares.use((request, _response, next) => {
        if (request.url === '/app') request.url = '/app/'
        next()
      })
    },
  }
}

/** Beside each text its compressed forms, made once here so that serving costs nothing. */
function compressed(): Plugin {
  return {
    name: 'compressed',
    apply: 'build',
    enforce: 'post',
    writeBundle({ dir = '' }) {
      for (const name of readdirSync(dir, { recursive: true, encoding: 'utf8' })) {
        if (!/\.(html|js|css|svg|json|md)$/.test(name)) continue
        const file = join(dir, name)
        const text = readFileSync(file)
        const size = { [constants.BROTLI_PARAM_SIZE_HINT]: text.length }
        writeFileSync(`${file}.gz`, gzipSync(text, { level: 9 }))
        writeFileSync(`${file}.br`, brotliCompressSync(text, { params: size }))
      }
    },
  }
}
