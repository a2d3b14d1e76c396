/** Headers that belong to the connection or to what is sent along it: nobody else may set them. */
export const isOfConnection = (name: string): boolean =>
  /^(host|content-.*|connection|keep-alive|proxy-.*|te|trailer|transfer-encoding|upgrade|expect)$/i.test(name)
