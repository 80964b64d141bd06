//! A page's content to glyphs with their places.
//!
//! Only what moves text is followed: matrices, fonts, spacing, forms. Nothing is drawn.

use std::collections::HashMap;
use std::sync::Arc;

use hayro_cmap::BfString;
use hayro_font::{
    CMapResolverFn, Font, FontCache, FontGlyph, FontQuery, FontResolverFn, UNITS_PER_EM,
};
use hayro_syntax::content::TypedIter;
use hayro_syntax::content::ops::TypedInstruction;
use hayro_syntax::object::{Dict, Name, Object, Stream};
use hayro_syntax::page::{Page, Resources};

use super::lines::Glyph;

/// Drawing steps of a document that are followed.
const MOST_STEPS: usize = 30_000_000;
/// Forms inside forms.
const DEEPEST_FORM: usize = 12;
/// A page with more visible glyphs needs no hidden ones, such as the text behind a scan.
const VISIBLE_GLYPHS: usize = 40;

/// More drawing steps than any text has.
#[derive(Debug)]
pub(super) struct TooMuch;

/// Reads page after page.
#[derive(Default)]
pub(super) struct PageReader {
    steps: usize,
}

impl PageReader {
    /// The glyphs of a page, in the order in which they are drawn, with y growing downwards.
    pub(super) fn read(&mut self, page: &Page<'_>) -> Result<Vec<Glyph>, TooMuch> {
        let mut content = Content {
            fonts: FontCache::new(),
            by_name: HashMap::new(),
            find_font: Arc::new(|query| match query {
                FontQuery::Standard(font) => Some(font.get_font_data()),
                FontQuery::Fallback(query) => Some(query.pick_standard_font().get_font_data()),
            }),
            find_cmap: Arc::new(|_| None),
            glyphs: Vec::new(),
            steps: self.steps,
        };
        let state = State {
            ctm: Matrix(page.initial_transform(true).as_coeffs()),
            ..State::default()
        };
        let done = content.run(page.typed_operations(), page.resources(), state, 0);
        self.steps = content.steps;
        done?;
        let mut glyphs = content.glyphs;
        if glyphs.iter().filter(|glyph| !glyph.hidden).count() > VISIBLE_GLYPHS {
            glyphs.retain(|glyph| !glyph.hidden);
        }
        Ok(glyphs)
    }
}

/// `[a b c d e f]`: x' = a·x + c·y + e, y' = b·x + d·y + f.
#[derive(Clone, Copy)]
struct Matrix([f64; 6]);

impl Matrix {
    const IDENTITY: Self = Self([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    /// `inner` first, then `self`.
    fn after(self, inner: Self) -> Self {
        let ([a, b, c, d, e, f], [ia, ib, ic, id, ie, jf]) = (self.0, inner.0);
        Self([
            a * ia + c * ib,
            b * ia + d * ib,
            a * ic + c * id,
            b * ic + d * id,
            a * ie + c * jf + e,
            b * ie + d * jf + f,
        ])
    }

    fn moved(x: f64, y: f64) -> Self {
        Self([1.0, 0.0, 0.0, 1.0, x, y])
    }
}

#[derive(Clone)]
struct State<'a> {
    ctm: Matrix,
    text: Matrix,
    line: Matrix,
    font: Option<Font<'a>>,
    size: f64,
    leading: f64,
    char_space: f64,
    word_space: f64,
    /// 1 for 100 %.
    stretch: f64,
    rise: f64,
    hidden: bool,
}

impl Default for State<'_> {
    fn default() -> Self {
        Self {
            ctm: Matrix::IDENTITY,
            text: Matrix::IDENTITY,
            line: Matrix::IDENTITY,
            font: None,
            size: 1.0,
            leading: 0.0,
            char_space: 0.0,
            word_space: 0.0,
            stretch: 1.0,
            rise: 0.0,
            hidden: false,
        }
    }
}

impl State<'_> {
    fn next_line(&mut self, x: f64, y: f64) {
        self.line = self.line.after(Matrix::moved(x, y));
        self.text = self.line;
    }

    fn advance(&mut self, x: f64) {
        self.text = self.text.after(Matrix::moved(x, 0.0));
    }
}

struct Content<'a> {
    fonts: FontCache<'a>,
    /// Fonts by where their dictionary lies, so that each is looked at once.
    by_name: HashMap<(usize, Vec<u8>), Option<Font<'a>>>,
    find_font: FontResolverFn,
    find_cmap: CMapResolverFn,
    glyphs: Vec<Glyph>,
    steps: usize,
}

impl<'a> Content<'a> {
    fn run(
        &mut self,
        mut steps: TypedIter<'_>,
        resources: &Resources<'a>,
        mut state: State<'a>,
        depth: usize,
    ) -> Result<(), TooMuch> {
        let mut saved = Vec::new();
        while let Some(step) = steps.next() {
            self.steps += 1;
            if self.steps > MOST_STEPS {
                return Err(TooMuch);
            }
            match step {
                TypedInstruction::SaveState(_) if saved.len() < 512 => saved.push(state.clone()),
                TypedInstruction::RestoreState(_) => state = saved.pop().unwrap_or(state),
                TypedInstruction::Transform(m) => {
                    let m = [m.0, m.1, m.2, m.3, m.4, m.5].map(|n| n.as_f64());
                    state.ctm = state.ctm.after(Matrix(m));
                }
                TypedInstruction::XObject(form) => {
                    if let Some(form) = resources
                        .get_x_object(form.0)
                        .filter(|_| depth < DEEPEST_FORM)
                    {
                        self.form(&form, resources, state.clone(), depth)?;
                    }
                }
                TypedInstruction::TextFont(font) => {
                    state.font = self.font(resources, font.0);
                    state.size = font.1.as_f64();
                }
                step => self.text_step(&step, &mut state)?,
            }
        }
        Ok(())
    }

    fn text_step(
        &mut self,
        step: &TypedInstruction<'_, '_>,
        state: &mut State<'a>,
    ) -> Result<(), TooMuch> {
        match step {
            TypedInstruction::BeginText(_) => {
                (state.text, state.line) = (Matrix::IDENTITY, Matrix::IDENTITY);
            }
            TypedInstruction::SetTextMatrix(m) => {
                state.line = Matrix([&m.0, &m.1, &m.2, &m.3, &m.4, &m.5].map(|n| n.as_f64()));
                state.text = state.line;
            }
            TypedInstruction::ShowText(s) => self.show(state, s.0.as_bytes())?,
            TypedInstruction::ShowTexts(s) => {
                for object in s.0.iter::<Object<'_>>() {
                    match object {
                        Object::Number(n) => {
                            let units = n.as_f64() / f64::from(UNITS_PER_EM);
                            state.advance(-units * state.size * state.stretch);
                        }
                        Object::String(s) => self.show(state, s.as_bytes())?,
                        _ => {}
                    }
                }
            }
            TypedInstruction::NextLineAndShowText(s) => {
                state.next_line(0.0, -state.leading);
                self.show(state, s.0.as_bytes())?;
            }
            TypedInstruction::ShowTextWithParameters(s) => {
                (state.word_space, state.char_space) = (s.0.as_f64(), s.1.as_f64());
                state.next_line(0.0, -state.leading);
                self.show(state, s.2.as_bytes())?;
            }
            TypedInstruction::HorizontalScaling(h) => state.stretch = h.0.as_f64() / 100.0,
            TypedInstruction::TextLeading(l) => state.leading = l.0.as_f64(),
            TypedInstruction::CharacterSpacing(c) => state.char_space = c.0.as_f64(),
            TypedInstruction::WordSpacing(w) => state.word_space = w.0.as_f64(),
            TypedInstruction::TextRise(r) => state.rise = r.0.as_f64(),
            TypedInstruction::NextLine(n) => state.next_line(n.0.as_f64(), n.1.as_f64()),
            TypedInstruction::NextLineUsingLeading(_) => state.next_line(0.0, -state.leading),
            TypedInstruction::NextLineAndSetLeading(n) => {
                state.leading = -n.1.as_f64();
                state.next_line(n.0.as_f64(), n.1.as_f64());
            }
            TypedInstruction::TextRenderingMode(mode) => state.hidden = mode.0.as_i64() == 3,
            _ => {}
        }
        Ok(())
    }

    fn form(
        &mut self,
        form: &Stream<'a>,
        outer: &Resources<'a>,
        mut state: State<'a>,
        depth: usize,
    ) -> Result<(), TooMuch> {
        let dict = form.dict();
        let subtype = dict.get::<Name<'_>>("Subtype");
        if subtype.is_none_or(|name| name.as_str() != "Form") {
            return Ok(());
        }
        let Ok(decoded) = form.decoded() else {
            return Ok(());
        };
        if let Some(matrix) = dict.get::<[f64; 6]>("Matrix") {
            state.ctm = state.ctm.after(Matrix(matrix));
        }
        let own = dict.get::<Dict<'a>>("Resources").map(Resources::new);
        let resources = own.as_ref().unwrap_or(outer);
        self.run(TypedIter::new(&decoded), resources, state, depth + 1)
    }

    fn font(&mut self, resources: &Resources<'a>, name: &Name<'_>) -> Option<Font<'a>> {
        let key = (
            resources.fonts.data().as_ptr() as usize,
            name.as_str().as_bytes().to_vec(),
        );
        if let Some(font) = self.by_name.get(&key) {
            return font.clone();
        }
        let dict = resources.get_font(name);
        let font = dict.and_then(|dict| self.fonts.font(&dict, &self.find_font, &self.find_cmap));
        self.by_name.insert(key, font.clone());
        font
    }

    /// Places the glyphs of a string and moves on.
    fn show(&mut self, state: &mut State<'a>, bytes: &[u8]) -> Result<(), TooMuch> {
        let Some(font) = state.font.clone() else {
            return Ok(());
        };
        let mut at = 0;
        while at < bytes.len() {
            self.steps += 1;
            if self.steps > MOST_STEPS {
                return Err(TooMuch);
            }
            let (code, length) = font.read_code(bytes, at);
            at += length.max(1);
            let width = font.code_advance(code).x / f64::from(UNITS_PER_EM) * state.size;
            if font.is_horizontal() {
                self.place(state, &font, code, width * state.stretch);
            }
            let word_space = if code == 32 && length == 1 {
                state.word_space
            } else {
                0.0
            };
            state.advance((width + state.char_space + word_space) * state.stretch);
        }
        Ok(())
    }

    fn place(&mut self, state: &State<'a>, font: &Font<'a>, code: u32, width: f64) {
        let words = match font.glyph(font.map_code(code), code) {
            FontGlyph::Outline(glyph) => glyph.as_unicode(),
            FontGlyph::Type3(glyph) => glyph.as_unicode(),
        };
        let words = match words {
            Some(BfString::Char(c)) => c.to_string(),
            Some(BfString::String(words)) => words,
            None => return,
        };
        let Matrix([a, b, c, d, x, y]) = state
            .ctm
            .after(state.text)
            .after(Matrix::moved(0.0, state.rise));
        let size = (c * c + d * d).sqrt() * state.size.abs();
        // Text that is not level, such as a stamp across the page, is no prose.
        let level = a > 0.0 && b.abs() < a.abs() * 0.05;
        let finite = x.is_finite() && y.is_finite() && size.is_finite() && width.is_finite();
        if level && finite && size > 0.5 {
            self.glyphs.push(Glyph {
                x0: x as f32,
                x1: (x + width * a) as f32,
                y: y as f32,
                size: size as f32,
                words,
                hidden: state.hidden,
            });
        }
    }
}
