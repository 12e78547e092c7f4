// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTemporaryDir>

#include "inference/import/import_encoder.h"
#include "tests/support/written_safetensors.h"

namespace geneglass::testing {

/// A folder in which transformers are written as foreign files, and imported from there.
class TransformerImports {
 protected:
  std::filesystem::path path(const std::string& name) const {
    return m_folder.path().toStdString() + "/" + name;
  }
  std::filesystem::path freshPackage() { return path("package" + std::to_string(m_made++)); }
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
  std::filesystem::path written(const TensorFile& tensors) const {
    writeSafetensors(path("weights.safetensors"), tensors);
    return path("weights.safetensors");
  }
  ModelPackage imported(const ImportRequest& request) const {
    const Result<ModelPackage> package = importEncoder(request);
    if (!package) qFatal("%s", package.error().sentence.c_str());
    return *package;
  }
  ModelPackage imported(const TensorFile& tensors, TokenPool pool = TokenPool::Class) {
    ImportRequest request = requestFor(written(tensors));
    request.pool = pool;
    return imported(request);
  }

 private:
  QTemporaryDir m_folder;
  int m_made = 0;
};

}  // namespace geneglass::testing
