// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace geneglass {

/// What turns a bag of features into genes: see head_network.h.
enum class HeadKind { AttentionRegression, GatedAttention };

/// As manifests and people call it.
constexpr const char* toString(HeadKind kind) {
  return kind == HeadKind::GatedAttention ? "gated attention" : "attention regression";
}

}  // namespace geneglass
