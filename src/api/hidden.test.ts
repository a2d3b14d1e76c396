import { expect, test } from 'vitest'
import { hideInBody, hideInUrl } from './hidden.ts'

test.each([
  ['{"password":"hunter2","name":"Ada"}', '{"password":"•••","name":"Ada"}'],
  ['{"newPassword" : "a\\"b","x":1}', '{"newPassword" : "•••","x":1}'],
  [
    '{"client_secret":"s","refresh_token":"r","tokenId":"t"}',
    '{"client_secret":"•••","refresh_token":"•••","tokenId":"t"}',
  ],
  ['{"token":{"id":"1","hint":"abcd"},"secret":"pit-12345678"}', '{"token":{"id":"1","hint":"abcd"},"secret":"•••"}'],
  ['{"apiKey":"k","api_key":"k","X-GHL-Signature":"s"}', '{"apiKey":"•••","api_key":"•••","X-GHL-Signature":"•••"}'],
  ['{"headers":{"X-Mine":"theirs","b":"c"},"url":"https://a"}', '{"headers":"•••","url":"https://a"}'],
  ['{"code":"0123456789abcdef0123","statusCode":404}', '{"code":"•••","statusCode":404}'],
  ['{"code":"OPPORTUNITY_NOT_FOUND"}', '{"code":"OPPORTUNITY_NOT_FOUND"}'],
  ['{"note":"mine is pit-0f0f0f0f-1111, keep it"}', '{"note":"mine is •••, keep it"}'],
  ['{"url":"https://x/hooks/AbCdEf123"}', '{"url":"https://x/hooks/•••"}'],
  ['{"url":"https://x/app/join#AbCdEf123"}', '{"url":"https://x/app/join#•••"}'],
  ['{"key":"eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln"}', '{"key":"•••"}'],
  ['{"secret":"cut off he', '{"secret":"•••"'],
  [
    'grant_type=refresh_token&client_secret=s&code=c&refresh_token=r',
    'grant_type=refresh_token&client_secret=•••&code=•••&refresh_token=•••',
  ],
  ['client_secret=s', 'client_secret=•••'],
  ['not JSON at all', 'not JSON at all'],
])('of the body %s is shown %s', (body, shown) => {
  expect(hideInBody(body)).toBe(shown)
})

test.each([
  ['/opportunities/search?location_id=a&q=b', '/opportunities/search?location_id=a&q=b'],
  ['/x?access_token=a&b=c', '/x?access_token=•••&b=c'],
  ['/hooks/AbC123?a=b', '/hooks/•••?a=b'],
])('of the address %s is shown %s', (url, shown) => {
  expect(hideInUrl(url)).toBe(shown)
})
