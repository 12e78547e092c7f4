// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/package/package_writer.h"

#include <fmt/format.h>

#include "viewer/foundation/files/text_file.h"

namespace geneglass {

namespace fs = std::filesystem;

Result<PackageWriter> PackageWriter::begin(const fs::path& folder) {
  return PartFolder::begin(folder).map([](PartFolder&& begun) { return PackageWriter(std::move(begun)); });
}

Result<fs::path> PackageWriter::place(const std::string& name) {
  return m_folder.path().map([&](const fs::path& partial) { return partial / name; });
}

Result<void> PackageWriter::addTensors(const std::string& name, const TensorFile& tensors) {
  return place(name).and_then([&](const fs::path& file) { return writeTensors(file, tensors); });
}

Result<void> PackageWriter::addDomain(const std::optional<FeatureDomain>& domain) {
  if (!domain) return {};
  return place(kDomainFile).and_then([&](const fs::path& file) { return writeDomain(file, *domain); });
}

Result<void> PackageWriter::addText(const std::string& name, const std::string& text) {
  return place(name).and_then([&](const fs::path& file) { return writeText(file, text); });
}

Result<void> PackageWriter::addCopy(const fs::path& file, const std::string& name) {
  const fs::path own = name.empty() ? file.filename() : fs::path(name);
  const Result<fs::path> to = place(own);
  if (!to) return tl::unexpected(to.error());
  std::error_code error;
  fs::copy_file(file, *to, error);
  if (error)
    return fail(fmt::format("Cannot write '{}': {}.", (m_folder.folder() / own).string(), error.message()));
  return {};
}

Result<ModelPackage> PackageWriter::finish(ModelPackage package) {
  const Result<fs::path> partial = m_folder.path();
  if (!partial) return tl::unexpected(partial.error());
  package.folder = *partial;
  if (Result<ModelPackage> written = writeManifest(std::move(package)); !written) return written;
  return m_folder.finish().and_then([&] { return openModelPackage(m_folder.folder()); });
}

}  // namespace geneglass
