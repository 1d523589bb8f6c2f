import { Component, type ReactNode } from "react";

interface CatchProps {
  children: ReactNode;
  /** What is shown where they broke. */
  instead: ReactNode;
}

/** Shows another page in the place of one that broke, or whose file did not come: no network, or a newer build at the server. */
export class Catch extends Component<CatchProps, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError() {
    return { broken: true };
  }

  override render() {
    return this.state.broken ? this.props.instead : this.props.children;
  }
}
