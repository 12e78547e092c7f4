// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/inference/import/foreign_imports.h"

namespace geneglass::testing {

/// The same of transformers.
class TransformerImports : protected ForeignImports {
 protected:
  /// With all that a file of tensors does not say, into a folder of its own.
  ImportRequest requestFor(const std::filesystem::path& source) {
    return {.source = source,
            .out = freshPackage(),
            .licence = "CC0-1.0",
            .mpp = 0.5,
            .tile = {},
            .lastBlock = {},
            .mean = {0.5f, 0.4f, 0.3f},
            .deviation = {0.2f, 0.25f, 0.3f},
            .heads = 2,
            .pool = TokenPool::Class};
  }
  ModelPackage imported(const ImportRequest& request) const {
    const Result<ModelPackage> package = importEncoder(request);
    if (!package) qFatal("%s", package.error().sentence.c_str());
    return *package;
  }
  ModelPackage imported(const TensorFile& tensors, TokenPool pool = TokenPool::Class) {
    ImportRequest request = requestFor(safetensors(tensors));
    request.pool = pool;
    return imported(request);
  }
};

}  // namespace geneglass::testing
