//! String tables as tensors: all bytes in one, the end of each string in another.

use sha2::{Digest, Sha256};

use crate::text::StringTable;

/// One tensor of a model file: unsigned bytes, or little-endian `f32`, `f64` or `u32`.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Tensor {
    pub(super) dtype: safetensors::Dtype,
    pub(super) shape: Vec<usize>,
    pub(super) bytes: Vec<u8>,
}

impl Tensor {
    pub(super) fn of_f32(values: &[f32], shape: Vec<usize>) -> Self {
        let bytes = values.iter().flat_map(|v| v.to_le_bytes()).collect();
        Self {
            dtype: safetensors::Dtype::F32,
            shape,
            bytes,
        }
    }

    pub(super) fn of_f64(values: &[f64]) -> Self {
        let bytes = values.iter().flat_map(|v| v.to_le_bytes()).collect();
        Self {
            dtype: safetensors::Dtype::F64,
            shape: vec![values.len()],
            bytes,
        }
    }

    pub(super) fn of_u32(values: &[u32]) -> Self {
        let bytes = values.iter().flat_map(|v| v.to_le_bytes()).collect();
        Self {
            dtype: safetensors::Dtype::U32,
            shape: vec![values.len()],
            bytes,
        }
    }

    /// A table of strings: (bytes, ends).
    pub(super) fn of_strings(strings: &StringTable) -> (Self, Self) {
        let bytes = strings.text().as_bytes().to_vec();
        let shape = vec![bytes.len()];
        (
            Self {
                dtype: safetensors::Dtype::U8,
                shape,
                bytes,
            },
            Self::of_u32(strings.ends()),
        )
    }
}

/// The checksum of a model: over the metadata and every tensor's name, type, shape and bytes, in
/// the order of the names.
pub(super) fn checksum<'t>(
    metadata: &str,
    tensors: impl IntoIterator<Item = (&'t str, safetensors::Dtype, &'t [usize], &'t [u8])>,
) -> String {
    let mut hash = Sha256::new();
    hash.update((metadata.len() as u64).to_le_bytes());
    hash.update(metadata);
    for (name, dtype, shape, bytes) in tensors {
        hash.update(format!("{name}|{dtype:?}|{shape:?}|"));
        hash.update(bytes);
    }
    crate::labelled::hex(&hash.finalize())
}
