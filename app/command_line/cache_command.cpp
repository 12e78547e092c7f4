// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <memory>
#include <nlohmann/json.hpp>

#include "app/command_line/command.h"
#include "inference/features/feature_store.h"

namespace geneglass {
namespace {

struct CacheCall {
  bool clear = false;
  bool json = false;
};

Outcome showCache(const CacheCall& asked) {
  const FeatureStore store;
  if (asked.clear)
    if (const Result<void> cleared = store.clear(); !cleared) return tl::unexpected(cleared.error());
  const FeatureStore::Contents contents = store.contents();
  constexpr double kMib = 1024 * 1024;
  if (asked.json)
    fmt::print("{}\n", nlohmann::json{{"folder", store.folder().string()},
                                      {"bags", contents.bags},
                                      {"bytes", contents.bytes},
                                      {"limit_bytes", store.limitInBytes()}}
                           .dump(2));
  else if (store.folder().empty())
    fmt::print("{}\n", store.prepare().error().sentence);
  else
    fmt::print("{}: features of {} slides, {:.1f} MiB of at most {:.0f}\n", store.folder().string(),
               contents.bags, double(contents.bytes) / kMib, double(store.limitInBytes()) / kMib);
  return {};
}

}  // namespace

void addCacheCommand(CLI::App& program, Run& run) {
  auto asked = std::make_shared<CacheCall>();
  CLI::App* command =
      program.add_subcommand("cache", "Shows where the features of slides are kept and how much they take");
  command->add_flag("--clear", asked->clear, "Removes them; they are computed again when needed");
  command->add_flag("--json", asked->json, "One JSON object instead of text");
  command->callback([asked, &run] { run = [asked](std::stop_token) { return showCache(*asked); }; });
}

}  // namespace geneglass
