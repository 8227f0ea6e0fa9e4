// sigma reads constants of WebGLRenderingContext while it loads. Where there is no WebGL the page must still come up.

if (!("WebGLRenderingContext" in globalThis)) {
  (globalThis as Record<string, unknown>)["WebGLRenderingContext"] = class {
    static UNSIGNED_BYTE = 5121;
    static FLOAT = 5126;
    static TRIANGLES = 4;
    static LINES = 1;
  };
}
