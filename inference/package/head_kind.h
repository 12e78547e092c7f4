// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>

namespace geneglass {

/// What turns a bag of features into genes: see head_network.h.
enum class HeadKind { AttentionRegression, GatedAttention, Linear };

inline constexpr std::array kHeadKinds{HeadKind::AttentionRegression, HeadKind::GatedAttention,
                                       HeadKind::Linear};

/// As manifests and people call it.
constexpr const char* toString(HeadKind kind) {
  switch (kind) {
    case HeadKind::GatedAttention:
      return "gated attention";
    case HeadKind::Linear:
      return "linear";
    case HeadKind::AttentionRegression:
      break;
  }
  return "attention regression";
}

/// Whether its tiles have weights of their own; else each counts alike, and there is no map of attention.
constexpr bool weighsTiles(HeadKind kind) {
  return kind != HeadKind::Linear;
}

}  // namespace geneglass
