// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "inference/package/manifest_reader.h"
#include "inference/prediction/slide_call.h"

namespace geneglass {

/// A manifest holds a first call of two classes as the block "diagnosis", the others as blocks of the list
/// "calls". The block's target is
/// its second class, where it does not say another. All throw as ManifestReader does.
CallFacts readDiagnosis(const ManifestReader& from);
nlohmann::json diagnosisBlock(const CallFacts& facts);

/// Of at most so many classes. One of tiles says "of_tiles" and has names and statement alone.
CallFacts readCall(const ManifestReader& from);
constexpr size_t kMostClasses = 255;
nlohmann::json callBlock(const CallFacts& facts);

}  // namespace geneglass
