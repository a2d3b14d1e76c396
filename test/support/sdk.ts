import { HighLevel, type HighLevelConfig } from '@gohighlevel/api-client'

/** HighLevel's official client as anybody would make it; its base URL is the only thing that differs. */
export function connect(url: string, token: string, config: HighLevelConfig = {}): HighLevel {
  const client = new HighLevel({ logLevel: 'none', ...config, privateIntegrationToken: token })
  client.getHttpClient().defaults.baseURL = url
  return client
}

/** The same for an app that people let in. */
export function connectApp(
  url: string,
  { clientId, clientSecret }: { clientId: string; clientSecret: string },
  config: HighLevelConfig = {},
): HighLevel {
  const client = new HighLevel({ logLevel: 'none', ...config, clientId, clientSecret })
  client.getHttpClient().defaults.baseURL = url
  return client
}
