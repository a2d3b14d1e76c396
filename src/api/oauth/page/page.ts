import type { Choices } from '../../../domain/oauth/consent.ts'
import { type Scope, scopes } from '../../../domain/tokens/scopes.ts'
import { type Html, html } from './html.ts'
import { style } from './style.ts'

/** What every page of an authorization shows and sends back. */
export interface Asked {
  app: string
  redirectUri: string
  ticket: string
}

/** Above this many, a list to scroll is harder to read than one to open. */
const atAGlance = 6

export function signInPage({ app, redirectUri, ticket }: Asked, error?: string, email = ''): string {
  return page(
    `Sign in to connect ${app}`,
    html`
      <h1>Sign in to connect ${app}</h1>
      <p><strong>${app}</strong> asks to be let into your data on this server.</p>
      ${alert(error)}
      <form method="post">
        <input type="hidden" name="ticket" value="${ticket}">
        <label class="field">E-mail address
          <input type="email" name="email" value="${email}" autocomplete="username" required maxlength="320" ${email === '' && autofocus}></label>
        <label class="field">Password
          <input type="password" name="password" autocomplete="current-password" required maxlength="1000" ${email !== '' && autofocus}></label>
        <div class="buttons">
          <button class="primary" name="action" value="sign-in">Continue</button>
          <button name="action" value="cancel" formnovalidate>Cancel</button>
        </div>
      </form>
      ${destination(redirectUri)}`,
  )
}

export function consentPage(asked: Asked, choices: Choices, wanted: readonly Scope[], error?: string): string {
  const { app, redirectUri, ticket } = asked
  const { user } = choices
  return page(
    `Let ${app} in?`,
    html`
      <h1>Let ${app} in?</h1>
      <p>You are signed in as <strong>${user.email}</strong>.</p>
      ${alert(error)}
      <form method="post">
        <input type="hidden" name="ticket" value="${ticket}">
        <h2>It will be able to</h2>
        <ul>${wanted.map((scope) => html`<li>${check}${scopes[scope]}</li>`)}</ul>
        ${where(choices)}
        <div class="buttons">
          <button class="primary" name="action" value="allow">Allow</button>
          <button name="action" value="cancel" formnovalidate>Cancel</button>
        </div>
        <button class="quiet" name="action" value="other" formnovalidate>Sign in as somebody else</button>
      </form>
      ${destination(redirectUri)}`,
  )
}

/** Where there is no way on: no address that people may be sent to is known. */
export function problemPage(title: string, sentence: string): string {
  return page(title, html`<h1>${title}</h1><p>${sentence}</p>`)
}

function where({ locations, all }: Choices): Html {
  const everywhere = { id: 'all', name: 'All locations', hint: 'Those that are still to come, too' }
  const options = [
    ...(all ? [everywhere] : []),
    ...locations.map(({ id, name, profile }) => ({ id, name, hint: profile.address || id })),
  ]
  const only = options.length === 1
  if (options.length > atAGlance)
    return html`
      <label class="field">Where
        <select name="location" required>
          <option value="" selected disabled>Choose a location</option>
          ${options.map(({ id, name }) => html`<option value="${id}">${name}</option>`)}
        </select></label>`
  return html`
    <fieldset><legend>Where</legend>
      ${options.map(
        ({ id, name, hint }) => html`
          <label class="choice"><input type="radio" name="location" value="${id}" required ${only && html`checked`}>
            <span>${name}<small>${hint}</small></span></label>`,
      )}
    </fieldset>`
}

const autofocus = html`autofocus`

const alert = (error: string | undefined) => error !== undefined && html`<div role="alert">${error}</div>`

const destination = (redirectUri: string) =>
  html`<footer>Then you go back to <strong>${new URL(redirectUri).host}</strong>.</footer>`

const check = html`<svg viewBox="0 0 16 16" fill="none" stroke="currentColor" stroke-width="1.5" aria-hidden="true"><path d="m3.5 8.5 3 3 6-7"/></svg>`

const mark = html`<svg viewBox="0 0 20 20" fill="none" stroke="currentColor" stroke-width="1.5" aria-hidden="true"><path d="M2.5 4.5h15l-5.5 6v5l-4 1.5V10.500z" stroke-linejoin="round"/></svg>`

const page = (title: string, content: Html): string =>
  `<!doctype html>\n${
    html`<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="robots" content="noindex">
    <title>${title} · Pipewright</title>
    <link rel="icon" href="data:,">
    <style>${{ html: style }}</style>
  </head>
  <body>
    <main>
      <header>${mark}Pipewright</header>
      ${content}
    </main>
  </body>
</html>`.html
  }\n`
