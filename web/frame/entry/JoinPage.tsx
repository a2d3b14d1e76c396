import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { formErrors, isRefusal } from '../../api/errors.ts'
import { join, lookAtInvitation } from '../../api/session.tsx'
import { Button } from '../../ui/actions/Button.tsx'
import { Loading } from '../../ui/feedback/Skeleton.tsx'
import { Form } from '../../ui/fields/Form.tsx'
import { TextField } from '../../ui/fields/TextField.tsx'
import { entryWords as words } from '../../words/frame.ts'
import { ui } from '../../words/ui.ts'
import { Entry } from './Entry.tsx'

/** Behind an invitation's link: its secret stands after the #, which no server sees. */
export function JoinPage() {
  const secret = location.hash.slice(1)
  const {
    data: invited,
    error,
    isPending,
    refetch,
  } = useQuery({
    queryKey: ['invitation', secret],
    queryFn: () => lookAtInvitation(secret),
    networkMode: 'always',
  })
  if (error && !isRefusal(error, 404)) {
    return (
      <Entry title={words.cannotLookAtInvitation} help={error.message}>
        <Button onPress={() => void refetch()}>{ui.retry}</Button>
      </Entry>
    )
  }
  if (error) {
    return (
      <Entry title={words.invalidInvitation} help={words.invalidInvitationHelp}>
        <a href="/app">{words.toSignIn}</a>
      </Entry>
    )
  }
  // Nothing yet: what stands in the middle would move once it is known how much there is to say.
  if (isPending) return <Loading className="entry">{null}</Loading>
  const { firstName, locationName, email } = invited
  return (
    <Entry title={words.welcome(firstName)} help={words.joinHelp(locationName, email)}>
      <JoinForm secret={secret} email={email} />
    </Entry>
  )
}

function JoinForm({ secret, email }: { secret: string; email: string }) {
  const [password, setPassword] = useState('')
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => join(secret, password),
    networkMode: 'always',
    onSuccess: () => location.replace('/app'),
  })
  return (
    <Form onSubmit={() => mutate()} {...formErrors(error, ['password'])}>
      <input type="email" autoComplete="username" value={email} readOnly hidden />
      <TextField
        label={words.newPassword}
        help={words.passwordHelp}
        name="password"
        type="password"
        autoComplete="new-password"
        minLength={8}
        value={password}
        onChange={setPassword}
        isRequired
        autoFocus
      />
      <Button look="primary" type="submit" isPending={isPending}>
        {words.join}
      </Button>
    </Form>
  )
}
