// Two WebGL programs for sigma: nodes with a shape for each kind, and ties as one strip each with dashes by status,
// an arrow head, a cross when denied, and a place beside the other ties of the same two entities.
//
// Corners are written out rather than instanced: where there is no graphics card, each instance costs as much as a
// draw of its own (20,000 ties took over a second a frame).

import { EdgeProgram, NodeProgram } from "sigma/rendering";
import type { ProgramInfo } from "sigma/rendering";
import type { EdgeDisplayData, NodeDisplayData, RenderParams } from "sigma/types";
import { floatColor } from "sigma/utils";

const { UNSIGNED_BYTE, FLOAT, TRIANGLES, LINES } = WebGLRenderingContext;

/** Head of an arrow in pixels, for a tie of this thickness: length, half its width. */
export const arrow = (thickness: number): [number, number] => [5 + 1.6 * thickness, 2.4 + 1.1 * thickness];

export interface Mark extends NodeDisplayData {
  /** Index into SHAPES. */
  shape: number;
}

export interface Line extends EdgeDisplayData {
  /** Index into DASHES. */
  pattern: number;
  arrow: boolean;
  /** Pixels to the left of the straight line from source to target. */
  offset: number;
}

/** What a corner has in every program, and what all of a draw shares: the camera and how it scales. */
const COLOR = { name: "a_color", size: 4, type: UNSIGNED_BYTE, normalized: true };
const number = (name: string, size = 1): { name: string; size: number; type: number } => ({ name, size, type: FLOAT });

function setCamera(params: RenderParams, { gl, uniformLocations: at }: ProgramInfo): void {
  gl.uniformMatrix3fv(at["u_matrix"]!, false, params.matrix);
  gl.uniform1f(at["u_sizeRatio"]!, params.sizeRatio);
  gl.uniform1f(at["u_pixelRatio"]!, params.pixelRatio);
}

/** The colour handed to the fragments: with eight bits, full opacity needs a little more. */
const PASS_COLOR = /* glsl */ `
  v_color.a *= 255.0 / 254.0;`;

const NODE_VERTEX = /* glsl */ `
attribute vec4 a_id;
attribute vec4 a_color;
attribute vec2 a_position;
attribute float a_size;
attribute float a_shape;
attribute float a_angle;
uniform mat3 u_matrix;
uniform float u_sizeRatio;
uniform float u_correctionRatio;
varying vec4 v_color;
varying vec2 v_at;
varying float v_radius;
varying float v_shape;
void main() {
  v_radius = a_size / u_sizeRatio;
  v_at = (v_radius * 1.3 + 2.0) * 2.0 * vec2(cos(a_angle), sin(a_angle));
  vec2 position = a_position + v_at * u_correctionRatio * 2.0;
  gl_Position = vec4((u_matrix * vec3(position, 1)).xy, 0, 1);
  v_shape = a_shape;
  #ifdef PICKING_MODE
  v_color = a_id;
  #else
  v_color = a_color;
  #endif${PASS_COLOR}
}`;

const NODE_FRAGMENT = /* glsl */ `
precision highp float;
varying vec4 v_color;
varying vec2 v_at;
varying float v_radius;
varying float v_shape;
uniform float u_pixelRatio;
uniform vec4 u_paper;
void main(void) {
  vec2 p = abs(v_at);
  float d;
  if (v_shape < 0.5) d = max(p.x, p.y) - 0.88 * v_radius;
  else if (v_shape < 1.5) d = length(v_at) - v_radius;
  else if (v_shape < 2.5) d = (p.x + p.y - 1.24 * v_radius) * 0.7071;
  else d = max(p.x * 0.866 + p.y * 0.5, p.y) - 0.953 * v_radius;
  #ifdef PICKING_MODE
  gl_FragColor = d > 1.0 ? vec4(0.0) : v_color;
  #else
  float soft = 0.7 / u_pixelRatio;
  float inside = 1.0 - smoothstep(-soft, soft, d);
  float ring = 1.0 - smoothstep(-soft, soft, d - 1.2);
  gl_FragColor = mix(mix(vec4(0.0), u_paper, ring * v_color.a), v_color, inside);
  #endif
}`;

export class ShapeProgram extends NodeProgram {
  /** Colour of the gap between a node and what lies under it: red, green, blue from 0 to 1. */
  static paper: [number, number, number] = [1, 1, 1];

  getDefinition() {
    return {
      VERTICES: 3,
      VERTEX_SHADER_SOURCE: NODE_VERTEX,
      FRAGMENT_SHADER_SOURCE: NODE_FRAGMENT,
      METHOD: TRIANGLES as 4,
      UNIFORMS: ["u_sizeRatio", "u_correctionRatio", "u_matrix", "u_pixelRatio", "u_paper"],
      ATTRIBUTES: [
        number("a_position", 2),
        number("a_size"),
        COLOR,
        { ...COLOR, name: "a_id" },
        number("a_shape"),
        number("a_angle"),
      ],
    };
  }

  processVisibleItem(index: number, start: number, data: NodeDisplayData): void {
    const { array } = this;
    const color = floatColor(data.color);
    for (let corner = 0, at = start; corner < 3; corner++, at += 7) {
      array[at] = data.x;
      array[at + 1] = data.y;
      array[at + 2] = data.size;
      array[at + 3] = color;
      array[at + 4] = index;
      array[at + 5] = (data as Mark).shape;
      array[at + 6] = (corner * 2 * Math.PI) / 3;
    }
  }

  setUniforms(params: RenderParams, info: ProgramInfo): void {
    const { gl, uniformLocations: at } = info;
    setCamera(params, info);
    gl.uniform1f(at["u_correctionRatio"]!, params.correctionRatio);
    gl.uniform4f(at["u_paper"]!, ...ShapeProgram.paper, 1);
  }
}

const EDGE_VERTEX = /* glsl */ `
attribute vec4 a_color;
attribute vec2 a_start;
attribute vec2 a_end;
attribute vec4 a_look;
attribute float a_radius;
attribute vec2 a_corner;
uniform mat3 u_matrix;
uniform vec2 u_half;
uniform float u_sizeRatio;
uniform float u_heads;
varying vec4 v_color;
varying vec2 v_at;
varying float v_length;
varying float v_thickness;
varying float v_pattern;
varying float v_head;
void main() {
  vec2 start = (u_matrix * vec3(a_start, 1)).xy * u_half;
  vec2 end = (u_matrix * vec3(a_end, 1)).xy * u_half;
  vec2 way = end - start;
  float whole = max(length(way), 0.001);
  vec2 along = way / whole;
  vec2 left = vec2(-along.y, along.x);
  v_thickness = max(a_look.x / u_sizeRatio, 0.8);
  v_pattern = a_look.y;
  v_head = a_look.z * u_heads;
  v_length = whole - a_radius / u_sizeRatio - 1.5;
  float wide = v_thickness * 0.5 + 1.0;
  if (v_head > 0.5) wide = max(wide, 3.4 + 1.1 * v_thickness);
  if (v_pattern > 2.5 && v_pattern < 3.5) wide = max(wide, 5.5);
  v_at = vec2(a_corner.x * whole, a_corner.y * wide);
  vec2 pixel = start + along * v_at.x + left * (a_look.w / max(u_sizeRatio, 0.4) + v_at.y);
  gl_Position = vec4(pixel / u_half, 0, 1);
  v_color = a_color;${PASS_COLOR}
}`;

const EDGE_FRAGMENT = /* glsl */ `
precision highp float;
varying vec4 v_color;
varying vec2 v_at;
varying float v_length;
varying float v_thickness;
varying float v_pattern;
varying float v_head;
uniform float u_pixelRatio;
// Share of ink where the line is on for 'on' and off for 'off' pixels.
float dash(float at, float on, float off) {
  float t = mod(at, on + off);
  return 1.0 - smoothstep(on - 0.5, on + 0.5, t) + smoothstep(on + off - 0.5, on + off + 0.5, t);
}
void main(void) {
  float soft = 0.75 / u_pixelRatio;
  float before = v_length - v_at.x;
  float across = abs(v_at.y);
  float ink = 1.0 - smoothstep(v_thickness * 0.5 - soft, v_thickness * 0.5 + soft, across);
  float scale = clamp(v_thickness / 1.5, 1.0, 2.0);
  float at = v_at.x / scale;
  if (v_pattern > 3.5) ink *= max(dash(at, 10.0, 8.0), dash(at - 13.0, 2.0, 16.0));
  else if (v_pattern > 2.5) {
    ink *= dash(at, 4.0, 4.0);
    float x = abs(v_at.x - v_length * 0.5);
    float stroke = abs(x - across) * 0.7071;
    if (x < 5.0 && across < 5.0) ink = max(ink, 1.0 - smoothstep(0.7, 0.7 + 2.0 * soft, stroke));
  }
  else if (v_pattern > 1.5) ink *= dash(at, 2.0, 4.0);
  else if (v_pattern > 0.5) ink *= dash(at, 9.0, 5.0);
  if (v_head > 0.5) {
    float size = 5.0 + 1.6 * v_thickness;
    if (before < size) {
      float edge = before / size * (2.4 + 1.1 * v_thickness);
      ink = 1.0 - smoothstep(edge - soft, edge + soft, across);
    }
  }
  if (before < 0.0) ink = 0.0;
  gl_FragColor = v_color * ink;
}`;

export class TieProgram extends EdgeProgram {
  /** Whether arrow heads are drawn: not where there are too many ties to see them. */
  static heads = true;
  private index: WebGLBuffer | null = null;
  private indexed = 0;

  getDefinition() {
    return {
      VERTICES: 4,
      VERTEX_SHADER_SOURCE: EDGE_VERTEX,
      FRAGMENT_SHADER_SOURCE: EDGE_FRAGMENT,
      METHOD: TRIANGLES as 4,
      UNIFORMS: ["u_matrix", "u_half", "u_sizeRatio", "u_pixelRatio", "u_heads"],
      ATTRIBUTES: [
        number("a_start", 2),
        number("a_end", 2),
        number("a_look", 4),
        number("a_radius"),
        COLOR,
        number("a_corner", 2),
      ],
    };
  }

  processVisibleItem(_index: number, start: number, source: NodeDisplayData, target: NodeDisplayData, data: EdgeDisplayData): void {
    const { array } = this;
    const line = data as Line;
    const color = floatColor(line.color);
    for (let corner = 0, at = start; corner < 4; corner++, at += 12) {
      array[at] = source.x;
      array[at + 1] = source.y;
      array[at + 2] = target.x;
      array[at + 3] = target.y;
      array[at + 4] = line.size;
      array[at + 5] = line.pattern;
      array[at + 6] = line.arrow ? 1 : 0;
      array[at + 7] = line.offset;
      array[at + 8] = target.size;
      array[at + 9] = color;
      array[at + 10] = corner & 1;
      array[at + 11] = corner & 2 ? -1 : 1;
    }
  }

  setUniforms(params: RenderParams, info: ProgramInfo): void {
    const { gl, uniformLocations: at } = info;
    setCamera(params, info);
    gl.uniform2f(at["u_half"]!, params.width / 2, params.height / 2);
    gl.uniform1f(at["u_heads"]!, TieProgram.heads ? 1 : 0);
  }

  /** Two triangles each. */
  override drawWebGL(_method: number, { gl, frameBuffer }: ProgramInfo): void {
    gl.bindFramebuffer(gl.FRAMEBUFFER, frameBuffer);
    if (!this.index || this.indexed !== this.capacity) {
      this.index ??= gl.createBuffer();
      const corners = [0, 1, 2, 1, 2, 3];
      const all = new Uint32Array(this.capacity * corners.length);
      for (let i = 0, at = 0; i < this.capacity; i++) for (const c of corners) all[at++] = 4 * i + c;
      gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, this.index);
      gl.bufferData(gl.ELEMENT_ARRAY_BUFFER, all, gl.STATIC_DRAW);
      this.indexed = this.capacity;
    }
    // part of WebGL 2; WebGL 1 has it as an extension everywhere
    gl.getExtension("OES_element_index_uint");
    gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, this.index);
    gl.drawElements(TRIANGLES, this.capacity * 6, gl.UNSIGNED_INT, 0);
  }
}

const THIN_VERTEX = /* glsl */ `
attribute vec2 a_position;
attribute vec4 a_color;
uniform mat3 u_matrix;
varying vec4 v_color;
void main() {
  gl_Position = vec4((u_matrix * vec3(a_position, 1)).xy, 0, 1);
  v_color = a_color;
}`;

const THIN_FRAGMENT = /* glsl */ `
precision mediump float;
varying vec4 v_color;
void main(void) {
  gl_FragColor = v_color;
}`;

/** Ties as lines a pixel wide, for so many that nothing else can be told from afar: a fraction of the work. */
export class ThinProgram extends EdgeProgram {
  getDefinition() {
    return {
      VERTICES: 2,
      VERTEX_SHADER_SOURCE: THIN_VERTEX,
      FRAGMENT_SHADER_SOURCE: THIN_FRAGMENT,
      METHOD: LINES as 1,
      UNIFORMS: ["u_matrix"],
      ATTRIBUTES: [
        number("a_position", 2),
        COLOR,
      ],
    };
  }

  processVisibleItem(_index: number, start: number, source: NodeDisplayData, target: NodeDisplayData, data: EdgeDisplayData): void {
    const { array } = this;
    array[start] = source.x;
    array[start + 1] = source.y;
    array[start + 2] = array[start + 5] = floatColor(data.color);
    array[start + 3] = target.x;
    array[start + 4] = target.y;
  }

  setUniforms(params: RenderParams, info: ProgramInfo): void {
    setCamera(params, info);
    info.gl.disable(info.gl.BLEND);
  }
}
