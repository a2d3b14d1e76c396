import { expect, test } from 'vitest'
import { ApiError, formErrors } from './errors.ts'

const refused = new ApiError(422, {
  message: [
    'name should not be empty',
    'name must be a string',
    'stages.0.name must be a string',
    'property foo should not exist',
  ],
})

test('a refusal says all that is wrong in one sentence', () => {
  expect(refused.message).toContain('name should not be empty. name must be a string')
})

test('a refusal names each field once, by what is said of it first', () => {
  expect(refused.fields).toEqual({
    name: 'name should not be empty',
    'stages.0.name': 'stages.0.name must be a string',
    foo: 'property foo should not exist',
  })
})

test('a form gets what belongs to its fields, and the rest as a sentence', () => {
  expect(formErrors(refused, ['name'])).toEqual({
    errors: { name: 'Should not be empty' },
    problem: 'stages.0.name must be a string. property foo should not exist',
  })
})

test('a form gets a sentence where no field is named', () => {
  const error = new ApiError(400, { message: 'Can not create duplicate opportunity for the contact.' })

  expect(formErrors(error, ['name'])).toEqual({ problem: 'Can not create duplicate opportunity for the contact.' })
})

test('a form without an error has nothing to say', () => {
  expect(formErrors(null, ['name'])).toEqual({})
})
