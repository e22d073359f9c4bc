import type { WorkflowDefinitionOptions } from '@temporalio/common';
import { workflowInfo } from '@temporalio/workflow';

/**
 * For a procedure that waits for months: new code takes over in its middle, under patches, instead of keeping an old
 * worker alive. A server refuses a versioning behaviour from a worker without versioning, so there it says nothing;
 * such a worker has a build id of its own making, but no deployment.
 */
export const autoUpgrade = (): WorkflowDefinitionOptions =>
  (workflowInfo().currentDeploymentVersion?.deploymentName ?? '') === '' ? {} : { versioningBehavior: 'AUTO_UPGRADE' };
