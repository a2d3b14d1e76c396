import './styles/tokens.css'
import './styles/base.css'
import './styles/print.css'
import '@fontsource-variable/inter/wght.css'

import { QueryClientProvider } from '@tanstack/react-query'
import { createRoot } from 'react-dom/client'
import { queryClient } from './api/queries.ts'
import { App } from './frame/App.tsx'
import { readTheme, showTheme } from './styles/theme.ts'
import { leadEscape } from './ui/overlays/escape.ts'

showTheme(readTheme())
leadEscape()

createRoot(document.getElementById('root') as HTMLElement).render(
  <QueryClientProvider client={queryClient}>
    <App />
  </QueryClientProvider>,
)
