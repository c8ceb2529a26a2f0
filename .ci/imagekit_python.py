"""ImageKit's Python SDK against a running product. Its own models judge every answer."""

import base64
import hashlib
import io
import os
import re
import time
import unittest
import urllib.request

from imagekitio import BadRequestError, ImageKit, NotFoundError

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


class SdkTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.client = ImageKit(max_retries=0, _strict_response_validation=True)

    @classmethod
    def tearDownClass(cls):
        cls.client.close()

    def upload(self, name, folder="/python", **more):
        parameters = {"use_unique_file_name": False, **more}
        return self.client.files.upload(file=PNG, file_name=name, folder=folder, **parameters)

    def wait_for(self, job_id):
        deadline = time.monotonic() + 60
        while (job := self.client.folders.job.get(job_id)).status != "Completed":
            self.assertLess(time.monotonic(), deadline)
            time.sleep(0.1)
        return job


class FilesTest(SdkTest):
    def test_upload_with_every_kind_of_parameter(self):
        field = self.client.custom_metadata_fields.create(
            name="python_stars", label="Python stars", schema={"type": "Number", "min_value": 1}
        )
        done = self.upload(
            "all.png",
            tags=["one", "two"],
            is_private_file=False,
            is_published=True,
            custom_metadata={"python_stars": 5},
            description="A pixel",
            checks='"file.size" > 10',
            extensions=[{"name": "ai-auto-description"}],
            transformation={"pre": "w-2"},
            response_fields=["customMetadata", "metadata", "embeddedMetadata"],
        )
        self.assertEqual(done.tags, ["one", "two"])
        self.assertEqual(done.custom_metadata, {"python_stars": 5})
        self.assertEqual(done.extension_status.ai_auto_description, "failed")
        self.assertEqual(done.width, 2)
        self.client.custom_metadata_fields.update(field.id, label="Python rating")
        self.assertIn(field.id, [one.id for one in self.client.custom_metadata_fields.list()])
        self.client.custom_metadata_fields.delete(field.id)

    def test_stream_typed_file_and_version_2(self):
        stream = self.client.files.upload(file=io.BytesIO(PNG), file_name="stream.png")
        typed = self.client.files.upload(file=("typed.png", PNG, "image/png"), file_name="typed.png")
        second = self.client.beta.v2.files.upload(file=PNG, file_name="second.png")
        self.assertEqual({one.file_type for one in (stream, typed, second)}, {"image"})

    def test_details_list_and_metadata(self):
        file = self.upload("details.png", folder="/python-details")
        self.assertEqual(self.client.files.get(file.file_id).file_path, "/python-details/details.png")
        changed = self.client.files.update(file.file_id, tags=["x"], description="other")
        self.assertEqual(changed.tags, ["x"])
        listed = self.client.assets.list(path="/python-details", limit=10)
        self.assertEqual([one.name for one in listed], ["details.png"])
        self.assertEqual(self.client.files.metadata.get(file.file_id).format, "png")
        self.assertEqual(self.client.files.metadata.get_from_url(url=file.url).width, 1)

    def test_copy_move_rename_and_delete(self):
        file = self.upload("moved.png", folder="/python-from")
        self.client.folders.create(folder_name="python-to", parent_folder_path="/")
        self.client.files.copy(source_file_path="/python-from/moved.png", destination_path="/python-to")
        self.client.files.move(source_file_path="/python-from/moved.png", destination_path="/python-moved")
        renamed = self.client.files.rename(
            file_path="/python-moved/moved.png", new_file_name="renamed.png", purge_cache=True
        )
        self.assertTrue(renamed.purge_request_id)
        self.assertEqual(self.client.files.get(file.file_id).name, "renamed.png")
        self.client.files.delete(file.file_id)
        with self.assertRaises(NotFoundError) as missing:
            self.client.files.get(file.file_id)
        self.assertIn("help", missing.exception.body)

    def test_versions(self):
        first = self.upload("version.png")
        self.upload("version.png")
        versions = self.client.files.versions.list(first.file_id)
        self.assertEqual(len(versions), 2)
        old = first.version_info.id
        self.assertEqual(self.client.files.versions.get(old, file_id=first.file_id).type, "file-version")
        restored = self.client.files.versions.restore(old, file_id=first.file_id)
        self.assertEqual(restored.version_info.id, old)
        newer = next(one.version_info.id for one in versions if one.version_info.id != old)
        self.client.files.versions.delete(newer, file_id=first.file_id)

    def test_bulk(self):
        ids = [self.upload(f"bulk-{index}.png").file_id for index in range(2)]
        bulk = self.client.files.bulk
        self.assertEqual(bulk.add_tags(file_ids=ids, tags=["t"]).successfully_updated_file_ids, ids)
        self.assertEqual(bulk.remove_tags(file_ids=ids, tags=["t"]).successfully_updated_file_ids, ids)
        self.assertEqual(bulk.remove_ai_tags(file_ids=ids, ai_tags=["t"]).successfully_updated_file_ids, ids)
        self.assertEqual(bulk.delete(file_ids=ids).successfully_deleted_file_ids, ids)


class LargeUploadTest(SdkTest):
    def test_200_mb_in_one_request_as_bytes_and_as_a_stream(self):
        content = os.urandom(200_000_000)
        for name, file in (("bytes.bin", content), ("stream.bin", io.BytesIO(content))):
            done = self.client.files.upload(file=file, file_name=name, folder="/python-large", timeout=600)
            self.assertEqual(done.size, len(content))
            with urllib.request.urlopen(done.url) as delivered:
                self.assertEqual(hashlib.file_digest(delivered, "sha256").digest(), hashlib.sha256(content).digest())
        # A process of Node alone has some forty.
        self.assertGreater(self.peak_megabytes(), 40)
        self.assertLessEqual(self.peak_megabytes(), 200)

    def peak_megabytes(self):
        """What the receiver of large uploads needed, as it says in the log of functions."""
        with open(os.environ["VITRINE_FUNCTIONS_LOG"], encoding="utf8") as log:
            receiver = "".join(line for line in log if "LargeUploads" in line)
        return max(int(found) for found in re.findall(r"Max Memory Used: (\d+) MB", receiver))


class FoldersTest(SdkTest):
    def test_jobs(self):
        self.upload("inside.png", folder="/python-job")
        copy = self.client.folders.copy(source_folder_path="/python-job", destination_path="/python-copies")
        self.assertEqual(self.wait_for(copy.job_id).type, "COPY_FOLDER")
        move = self.client.folders.move(
            source_folder_path="/python-copies/python-job", destination_path="/python-elsewhere"
        )
        self.wait_for(move.job_id)
        rename = self.client.folders.rename(folder_path="/python-elsewhere/python-job", new_folder_name="renamed")
        self.wait_for(rename.job_id)
        found = self.client.assets.list(path="/python-elsewhere/renamed")
        self.assertEqual([one.name for one in found], ["inside.png"])
        self.client.folders.delete(folder_path="/python-elsewhere")


class AccountTest(SdkTest):
    def test_origins_and_endpoints(self):
        accounts = self.client.accounts
        origin = {"type": "WEB_FOLDER", "name": "python", "base_url": "https://www.example.com/media"}
        made = accounts.origins.create(**origin)
        endpoint = accounts.url_endpoints.create(
            description="Python", url_prefix="python", origins=[made.id], url_rewriter={"type": "CLOUDINARY"}
        )
        self.assertEqual(endpoint.url_rewriter.type, "CLOUDINARY")
        self.assertIn(made.id, [one.id for one in accounts.origins.list()])
        self.assertEqual(accounts.origins.get(made.id).name, "python")
        accounts.origins.update(made.id, **{**origin, "name": "other"})
        self.assertIn(endpoint.id, [one.id for one in accounts.url_endpoints.list()])
        self.assertEqual(accounts.url_endpoints.get(endpoint.id).url_prefix, "python")
        accounts.url_endpoints.update(endpoint.id, description="Other", url_prefix="python", origins=[])
        accounts.url_endpoints.delete(endpoint.id)
        accounts.origins.delete(made.id)

    def test_usage(self):
        usage = self.client.accounts.usage.get(start_date="2026-11-01", end_date="2026-12-01")
        self.assertGreaterEqual(usage.bandwidth_bytes, 0)
        analytics = self.client.accounts.usage_analytics.get(start_date="2026-11-01", end_date="2026-12-01")
        self.assertGreaterEqual(analytics.request_count, 0)
        with self.assertRaises(BadRequestError):
            self.client.accounts.usage.get(start_date="2026-11-02", end_date="2026-11-01")

    def test_named_transformations_and_saved_extensions(self):
        named = self.client.named_transformations.create(name="python_small", transformation="w-20")
        self.client.named_transformations.update(named.id, transformation="w-30")
        self.assertEqual(self.client.named_transformations.get(named.id).transformation, "w-30")
        self.assertIn(named.id, [one.id for one in self.client.named_transformations.list()])
        self.client.named_transformations.delete(named.id)

        config = {
            "name": "ai-tasks",
            "tasks": [{"type": "select_tags", "instruction": "What is it?", "vocabulary": ["a", "b"]}],
        }
        saved = self.client.saved_extensions.create(name="Python", description="", config=config)
        self.assertEqual(self.client.saved_extensions.get(saved.id).config.tasks[0].vocabulary, ["a", "b"])
        self.assertIn(saved.id, [one.id for one in self.client.saved_extensions.list()])
        self.assertEqual(self.client.saved_extensions.update(saved.id, name="Other").name, "Other")
        self.client.saved_extensions.delete(saved.id)

    def test_purge(self):
        file = self.upload("purged.png")
        purge = self.client.cache.invalidation.create(url=file.url)
        self.assertIn(self.client.cache.invalidation.get(purge.request_id).status, ["Pending", "Completed"])


if __name__ == "__main__":
    unittest.main()
