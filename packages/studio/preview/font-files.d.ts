declare module '*.woff2?url' {
  /** The address of the file. */
  const address: string;
  export default address;
}
