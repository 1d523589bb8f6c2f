// The look: a warm ground, the union's red used sparingly, good Chinese type.

export const colours = { red: "#b3261e", ink: "#2b2320", ground: "#f8f5f1", line: "#e6ded6", quiet: "#6b5f57" };

const sans = '"PingFang SC","Microsoft YaHei","Noto Sans CJK SC","Source Han Sans SC",sans-serif';

export const theme = {
  token: {
    colorPrimary: colours.red,
    colorBgLayout: colours.ground,
    colorText: colours.ink,
    colorTextDescription: colours.quiet,
    borderRadius: 8,
    fontFamily: sans,
    fontSize: 15,
  },
};
