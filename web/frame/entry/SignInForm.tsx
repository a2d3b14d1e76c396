import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { ApiError } from '../../api/errors.ts'
import { signIn } from '../../api/session.tsx'
import { Button } from '../../ui/actions/Button.tsx'
import { Form } from '../../ui/fields/Form.tsx'
import { TextField } from '../../ui/fields/TextField.tsx'
import { entryWords as words } from '../../words/frame.ts'

/** `email` is given where somebody signs in again. */
export function SignInForm({ email: known = '' }: { email?: string }) {
  const [email, setEmail] = useState(known)
  const [password, setPassword] = useState('')
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => signIn(email, password),
    networkMode: 'always',
    onError: () => setPassword(''),
  })
  return (
    <Form onSubmit={() => mutate()} {...(error && { problem: problemOf(error) })}>
      <TextField
        label={words.email}
        name="email"
        type="email"
        autoComplete="username"
        value={email}
        onChange={setEmail}
        isRequired
        autoFocus={!known}
      />
      <TextField
        label={words.password}
        name="password"
        type="password"
        autoComplete="current-password"
        value={password}
        onChange={setPassword}
        isRequired
        autoFocus={Boolean(known)}
      />
      <Button look="primary" type="submit" isPending={isPending}>
        {words.signIn}
      </Button>
    </Form>
  )
}

export function problemOf(error: Error): string {
  if (!(error instanceof ApiError)) return error.message
  if (error.status === 401) return words.wrong
  if (error.status === 429 && error.retryAfter) return words.throttled(Math.ceil(error.retryAfter / 1000))
  return error.message
}
