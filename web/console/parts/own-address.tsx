import { Alert } from "antd";

/** Whether an address leads nobody anywhere but to his own device, as a house's does whose own was never told. */
const isOwn = (url: string) => /^https?:\/\/(localhost|127\.|0\.0\.0\.0|\[::1?\])/.test(url);

/** Says of an address that is meant for phones that none can open it, where that is so. */
export function OwnAddress({ url }: { url: string }) {
  if (!isOwn(url)) return null;
  return (
    <Alert
      className="notice"
      type="warning"
      showIcon
      title="这是服务器自己的地址，手机打不开。请系统管理员在设置里写明对外地址（public_url）后再用。"
    />
  );
}
