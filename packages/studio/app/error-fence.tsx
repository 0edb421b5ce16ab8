import { Component, type ReactNode } from 'react';

interface FenceProperties {
  readonly words: string;
  readonly again: string;
  readonly children: ReactNode;
}

/** Shows that a page broke instead of an empty window. What was written is kept in the browser and is there after loading again. */
export class ErrorFence extends Component<FenceProperties, { readonly broke: string | undefined }> {
  override state = { broke: undefined };

  static getDerivedStateFromError(error: unknown) {
    return { broke: String(error) };
  }

  override render() {
    const { words, again, children } = this.props;
    if (this.state.broke === undefined) return children;
    return (
      <main className="sign-in panel">
        <div role="alert">
          <h1>{words}</h1>
          <p className="quiet small">{this.state.broke}</p>
        </div>
        <button type="button" className="button main" onClick={() => location.reload()}>
          {again}
        </button>
      </main>
    );
  }
}
