/** What the app says when the server did not answer as hoped. */
export const apiWords = {
  unreachable: 'The server could not be reached. Check the connection and try again.',
  faulty: (status: number) => `The server answered with an error (${status}). Try again in a moment.`,
}
