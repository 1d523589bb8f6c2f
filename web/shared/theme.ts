// The look: a warm ground, ink, and the union's red used sparingly: for what matters most on a page, never for links.
// The same colours stand in base.css for the pages without antd. All text pairs reach WCAG AA (4.5:1).

export const colours = {
  red: "#b3261e",
  redTint: "#fbeeec",
  ink: "#2b2320",
  quiet: "#665a52",
  ground: "#f8f5f1",
  paper: "#ffffff",
  line: "#e6ded6",
  blue: "#1d5b78",
  green: "#2f6b3a",
  amber: "#8a5a00",
};

/** Colours of series in charts, told apart also by people who see no red or green. */
export const series = ["#b3261e", "#1d5b78", "#c98a1b", "#5b7f3a", "#7a5c8e", "#8c6d5a", "#3b8686"];

export const sans =
  '"PingFang SC","Microsoft YaHei","HarmonyOS Sans SC","Noto Sans CJK SC","Source Han Sans SC",system-ui,sans-serif';

const FIELD = {
  hoverBorderColor: colours.blue,
  activeBorderColor: colours.blue,
  activeShadow: "0 0 0 2px rgb(29 91 120 / 18%)",
};

/** The same for antd. */
export const theme = {
  token: {
    colorPrimary: colours.red,
    colorLink: colours.blue,
    colorLinkHover: "#236a8a",
    colorInfo: colours.blue,
    colorSuccess: colours.green,
    // antd derives these from the strong colours above, and gets them muddy.
    colorSuccessBg: "#eef5ee",
    colorSuccessBorder: "#b9d3bd",
    colorInfoBg: "#edf4f8",
    colorInfoBorder: "#b5cfdc",
    colorWarning: "#c27803",
    colorError: "#c1121f",
    colorBgLayout: colours.ground,
    colorText: colours.ink,
    colorTextSecondary: colours.quiet,
    colorTextTertiary: colours.quiet,
    colorTextDescription: colours.quiet,
    colorTextPlaceholder: "#786b63",
    colorBorder: "#d5cac0",
    colorBorderSecondary: colours.line,
    borderRadius: 8,
    fontFamily: sans,
    fontSize: 15,
  },
  components: {
    // A field that is being typed in must not look like one that is wrong, which is red.
    Input: FIELD,
    InputNumber: FIELD,
    DatePicker: FIELD,
    Select: { ...FIELD, activeOutlineColor: "rgb(29 91 120 / 18%)" },
    // All of an officer's pages in sight at once.
    Menu: {
      itemHeight: 32,
      itemMarginBlock: 2,
      itemSelectedBg: colours.redTint,
      itemSelectedColor: colours.red,
      itemBg: "transparent",
    },
    // What an empty table says is to be read, not passed over.
    Table: {
      headerBg: "#f4efe9",
      headerSplitColor: "transparent",
      colorTextDisabled: colours.quiet,
      rowSelectedBg: colours.redTint,
      rowSelectedHoverBg: "#f6e1dd",
    },
    Layout: { siderBg: colours.paper, headerBg: colours.paper, bodyBg: colours.ground },
  },
};
