import { Alert, Button } from "antd";

interface Codes {
  codes: string[];
  done: () => void;
  okText: string;
}

/** Recovery codes, shown this once. */
export function CodesOnce({ codes, done, okText }: Codes) {
  const text = codes.join("\n");
  return (
    <div className="authenticator">
      <Alert
        type="warning"
        title="请记下恢复码，只显示这一次"
        description="手机丢失时，可用恢复码登录，每个只能用一次。请抄下或打印，与密码分开存放。"
      />
      <ul className="recovery-codes">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className="log-in-else">
        <Button href={`data:text/plain;charset=utf-8,${encodeURIComponent(text)}`} download="娘家恢复码.txt">
          存为文件
        </Button>
        <Button type="primary" onClick={done}>
          {okText}
        </Button>
      </div>
    </div>
  );
}
